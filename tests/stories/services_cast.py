"""Short ways to tell stories of services: offering one, and a referral that asks for it."""

from typing import Any

from django.test import Client

from yilian.domains.capacity.directory.writing import offer_service
from yilian.domains.capacity.models import Service
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.models import User
from yilian.kernel.access.scope import scope
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
    client.force_login(User.objects.get(pk=actor.user_id), backend="django.contrib.auth.backends.ModelBackend")
    return client
