"""What an open page asks for again: the counts, and what others did to the case on the screen."""

import pytest

from tests.world import COUNTY, ELSEWHERE, TOWNSHIP
from yilian.kernel.access.posts import actor_for
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow.conversation import post_message

pytestmark = pytest.mark.django_db


@pytest.fixture
def sender(world):
    return world.user("doctor", at=TOWNSHIP)


@pytest.fixture
def receiver(world):
    return world.user("reception", at=COUNTY)


@pytest.fixture
def errand(world, sender, receiver):
    case = world.open("errand", by=actor_for(sender), wish="请协助", receiver=actor_for(receiver).institution_id)
    return world.take(case, "send", by=actor_for(sender))


def news(client, user, **asked) -> dict:
    client.force_login(user)
    return client.get("/live/", asked).json()


def test_counts_follow_what_waits(client, errand, sender, receiver):
    assert news(client, receiver)["counts"] | {"inbox": 1, "messages": 1} == news(client, receiver)["counts"]
    assert news(client, sender)["counts"]["inbox"] == 0


def test_the_page_hears_who_did_what_since_it_was_drawn(client, world, errand, sender, receiver):
    seen = {"case": errand.pk, "version": errand.version, "said": 0}
    assert news(client, sender, **seen)["says"] == ""
    world.take(errand, "accept", by=actor_for(receiver))
    says = news(client, sender, **seen)["says"]
    assert says == f"{receiver}（{COUNTY}）刚刚办理了「接受」，此事项现为「办理中」"
    assert news(client, receiver, **seen)["says"] == "", "who did it knows"


def test_the_page_hears_of_a_message(client, errand, sender, receiver):
    actor = actor_for(receiver)
    with scope(actor):
        said = post_message(errand, "床位已留", by=actor)
    seen = {"case": errand.pk, "version": errand.version}
    assert news(client, sender, **seen, said=0)["says"] == f"{receiver}（{COUNTY}）刚刚留言"
    assert news(client, sender, **seen, said=said.pk)["says"] == ""


@pytest.mark.parametrize("case", ["nonsense", "0198b9b0-0000-7000-8000-000000000001"])
def test_nothing_is_said_of_what_is_not_there(client, sender, case):
    assert news(client, sender, case=case, version="x", said="-1")["says"] == ""


def test_a_stranger_hears_nothing(client, world, errand):
    assert news(client, world.user("reception", at=ELSEWHERE), case=errand.pk, version=0)["says"] == ""


def test_the_page_knows_where_to_listen(client, errand, sender, settings):
    client.force_login(sender)
    assert 'data-stream=""' in client.get("/").content.decode()
    settings.STREAMS_PORT = 8123
    page = client.get(f"/errand/{errand.pk}/", headers={"Host": "localhost:8000"}).content.decode()
    assert 'data-stream="http://localhost:8123/streams/"' in page
    assert f'data-live-case="{errand.pk}" data-live-version="2"' in page
    assert 'data-stream=""' in client.get("/", headers={"Host": "yilian.example"}).content.decode()
    settings.STREAMS_URL = "/streams/"
    assert 'data-stream="/streams/"' in client.get("/").content.decode()
