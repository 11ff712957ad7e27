"""Short ways to tell stories of services: offering one, and a referral that asks for it."""

from typing import Any

import orjson
from django.test import Client

from yilian.domains.capacity.directory.writing import offer_service
from yilian.domains.capacity.models import Service
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.models import Post, User
from yilian.kernel.access.scope import scope
from yilian.kernel.api.tokens import issue
from yilian.registry.departments import register_department
from yilian.registry.models import Department, Institution


def ward(by: Actor, name: str = "心血管内科") -> Department:
    """Return the department of this name at somebody's institution."""
    place = Institution.objects.get(pk=by.institution_id)
    known = Department.objects.filter(institution=place, name=name).first()
    return known or register_department(by=by, institution=place, name=name)


def offered(by: Actor, name: str = "心血管内科住院", **terms: Any) -> Service:
    """Let somebody's institution offer a service that takes patients sent up."""
    with scope(by):
        return offer_service(by=by, **{"name": name, "department": ward(by), "directions": ["up"], **terms})


def browser(actor: Actor) -> Client:
    """Return a browser in which somebody is logged in."""
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id), backend="yilian.kernel.access.logins.PasswordBackend")
    return client


class Program:
    """A program that asks the interface as somebody."""

    def __init__(self, actor: Actor) -> None:
        user = User.objects.get(pk=actor.user_id)
        self.client = browser(actor)
        self.token = issue(user, Post.objects.get(pk=actor.post_id))[0]

    def asks(self, path: str, body: Any = None) -> Any:
        """Read, or with a body write, at an address of the interface."""
        headers = {"Authorization": f"Bearer {self.token}"}
        address = f"/api/v1/{path}"
        if body is None:
            return self.client.get(address, headers=headers)
        return self.client.post(address, orjson.dumps(body), "application/json", headers=headers)
