"""People in front of a browser: a township doctor who asks, a county reception that answers, a stranger."""

import re
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client

from tests.world import COUNTY, ELSEWHERE, TOWNSHIP, World
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.posts import actor_for
from yilian.kernel.workflow.models import Case

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|"X-CSRFToken":"[^"]+"|name="_key" value="[^"]+"')


@dataclass
class Person:
    """Somebody with a browser."""

    actor: Actor
    client: Client = field(default_factory=Client)

    def sees(self, address: str, status: int = 200, **headers: str) -> str:
        """Open a page and return its text; the tokens in it are blanked, as they differ each time."""
        answer = self.client.get(address, headers=headers)
        assert answer.status_code == status, answer.content.decode()[:2000]
        return TOKEN.sub("", answer.content.decode())

    def part(self, address: str) -> str:
        """Return what htmx gets at an address."""
        return self.sees(address, **{"hx-request": "true"})

    def sends(self, address: str, status: int = 302, **data: Any) -> Any:
        """Send a form."""
        answer = self.client.post(address, data)
        assert answer.status_code == status, answer.content.decode()[:2000]
        return answer


def person(world: World, *roles: str, at: str) -> Person:
    user = world.user(*roles, at=at)
    actor = actor_for(user)
    assert actor is not None
    found = Person(actor)
    found.client.force_login(user)
    return found


@pytest.fixture
def sender(world: World) -> Person:
    return person(world, "doctor", at=TOWNSHIP)


@pytest.fixture
def receiver(world: World) -> Person:
    return person(world, "reception", at=COUNTY)


@pytest.fixture
def stranger(world: World) -> Person:
    return person(world, "doctor", "reception", at=ELSEWHERE)


@pytest.fixture
def draft(world: World, sender: Person, receiver: Person) -> Case:
    return world.open("errand", by=sender.actor, wish="请协助会诊", receiver=receiver.actor.institution_id)


@pytest.fixture
def sent(world: World, sender: Person, draft: Case) -> Case:
    return world.take(draft, "send", by=sender.actor)
