"""催办 and messages that await a reply, on the page of a case and at the interface."""

import pytest

from tests.world import COUNTY, TOWNSHIP
from yilian.kernel.access.posts import actor_for
from yilian.kernel.access.scope import scope
from yilian.kernel.notices import reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def sender(world):
    return world.user("doctor", at=TOWNSHIP)


@pytest.fixture
def receiver(world):
    return world.user("reception", at=COUNTY)


@pytest.fixture
def errand(world, sender, receiver):
    actor = actor_for(sender)
    case = world.open("errand", by=actor, wish="请协助", receiver=actor_for(receiver).institution_id)
    return world.take(case, "send", by=actor)


def told(user) -> list[str]:
    actor = actor_for(user)
    with scope(actor):
        return [notice.text for notice in reading.newest(actor) if notice.kind in ("urge", "reply")]


def test_the_card_urges_and_shows_who_did(client, errand, sender, receiver):
    client.force_login(sender)
    page = client.get(f"/errand/{errand.pk}/").content.decode()
    assert f'hx-post="/errand/{errand.pk}/urges/"' in page
    answer = client.post(f"/errand/{errand.pk}/urges/", {"note": "患者在等"}, headers={"HX-Request": "true"})
    assert f"{TOWNSHIP} 催 {COUNTY}" in answer.content.decode()
    again = client.post(f"/errand/{errand.pk}/urges/", headers={"HX-Request": "true"})
    assert again.status_code == 422
    assert "之后可以再催" in again.content.decode()
    assert len(told(receiver)) == 1


def test_those_urged_see_it_and_have_no_button(client, errand, sender, receiver):
    client.force_login(sender)
    client.post(f"/errand/{errand.pk}/urges/", {"note": "患者在等"})
    client.force_login(receiver)
    page = client.get(f"/errand/{errand.pk}/").content.decode()
    assert "患者在等" in page
    assert "/urges/" not in page


def test_a_message_awaits_its_reply(client, errand, sender, receiver):
    client.force_login(sender)
    client.post(f"/errand/{errand.pk}/messages/", {"text": "床位几时有？", "awaits_reply": "true"})
    client.post(f"/errand/{errand.pk}/messages/", {"text": "补充一句"})
    assert "待回复" in client.get(f"/errand/{errand.pk}/").content.decode(), "who asks does not answer"
    assert told(receiver) == [f"{TOWNSHIP} 在 {errand.number} 留言，等待回复"]
    client.force_login(receiver)
    assert "待回复" in client.get("/inbox/").content.decode()
    client.post(f"/errand/{errand.pk}/messages/", {"text": "明天"})
    page = client.get(f"/errand/{errand.pk}/").content.decode()
    assert "待回复" not in page
    assert "已回复" in page
    assert told(sender) == [f"{errand.number} 的留言已有 {COUNTY} 回复"]


def test_an_ordinary_message_tells_nobody(client, errand, sender, receiver):
    client.force_login(sender)
    client.post(f"/errand/{errand.pk}/messages/", {"text": "仅供参考"})
    assert told(receiver) == []
    assert "待回复" not in client.get(f"/errand/{errand.pk}/").content.decode()
