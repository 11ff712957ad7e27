"""催办 at the interface."""

import pytest

from tests.world import COUNTY, TOWNSHIP
from yilian.kernel.access.posts import actor_for
from yilian.kernel.api.tokens import issue

pytestmark = pytest.mark.django_db


@pytest.fixture
def sender(world):
    return world.user("doctor", at=TOWNSHIP)


@pytest.fixture
def errand(world, sender):
    actor = actor_for(sender)
    case = world.open("errand", by=actor, wish="请协助", receiver=world.place(COUNTY).pk)
    return world.take(case, "send", by=actor)


def test_a_program_urges(client, errand, sender):
    token, _row = issue(sender, sender.posts.get())
    bearer = {"Authorization": f"Bearer {token}"}
    path = f"/api/v1/cases/errand/{errand.pk}/urges"
    made = client.post(path, {"note": "急"}, "application/json", headers=bearer)
    assert made.status_code == 201
    assert made.json()["institution"]["name"] == TOWNSHIP
    assert [item["note"] for item in client.get(path, headers=bearer).json()["items"]] == ["急"]
    assert client.post(path, {}, "application/json", headers=bearer).status_code >= 400
