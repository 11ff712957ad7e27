"""消息: the bell counts, opening reads, and nobody opens what is not theirs."""

import pytest

from tests.world import COUNTY, ELSEWHERE, TOWNSHIP
from yilian.kernel.access.posts import actor_for
from yilian.kernel.access.scope import scope
from yilian.kernel.notices import reading
from yilian.kernel.notices.models import NoticeOptOut
from yilian.kernel.notices.telling import tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(world, client):
    user = world.user("reception", at=COUNTY)
    client.force_login(user)
    return user


@pytest.fixture
def notice(world, reader):
    sender = world.person("doctor", at=TOWNSHIP)
    case = world.open("errand", by=sender, wish="请协助", receiver=world.place(COUNTY).pk)
    world.take(case, "send", by=sender)
    actor = actor_for(reader)
    with scope(actor):
        return reading.newest(actor)[0]


def test_the_bell_and_the_list_show_what_is_unread(client, notice):
    page = client.get("/messages/").content.decode()
    assert "消息，1 条未读" in page
    assert notice.says in page
    assert "请协助" in page


def test_opening_marks_it_read_and_leads_to_the_case(client, notice):
    answer = client.post(f"/messages/{notice.pk}/")
    assert answer.headers["Location"] == notice.case.get_absolute_url()
    assert "没有未读消息" in client.get("/messages/").content.decode()
    assert notice.says in client.get("/messages/?all").content.decode()


def test_looking_at_the_list_marks_nothing(client, notice):
    for _twice in range(2):
        assert "1 条未读" in client.get("/messages/").content.decode()
    assert client.get(f"/messages/{notice.pk}/").status_code == 405


def test_a_stranger_and_another_role_find_nothing(client, world, notice):
    for user in (world.user("reception", at=ELSEWHERE), world.user("doctor", at=COUNTY)):
        client.force_login(user)
        assert client.post(f"/messages/{notice.pk}/").status_code == 404
        assert notice.says not in client.get("/messages/?all").content.decode()


def test_everything_is_marked_read_at_once(client, notice):
    client.post("/messages/read/")
    assert "0 条未读" in client.get("/messages/").content.decode()


def test_a_page_is_twenty_and_the_rest_follows(client, world, reader, notice):
    sender = world.person("doctor", at=TOWNSHIP)
    with scope(sender):
        for number in range(25):
            tell(None, notice.institution_id, ["reception"], f"第{number}号通知", by=sender)
    first = client.get("/messages/?all", headers={"HX-Request": "true"}).content.decode()
    assert first.count("<li>") == 20
    assert "<html" not in first
    _before, _sign, rest = first.partition("before=")
    second = client.get(f"/messages/?all&before={rest[:36]}").content.decode()
    assert second.count("号通知</div>") == 6 - 1
    assert client.get("/messages/?before=nonsense").status_code == 200


def test_without_a_channel_the_settings_say_so(client, reader):
    assert "没有开通电子邮件或短信" in client.get("/messages/settings/").content.decode()


def test_a_channel_is_switched_off_and_on(client, reader, settings):
    settings.NOTICE_CHANNELS = {"email": "mailto://127.0.0.1/?to={to}"}
    assert "未登记地址" in client.get("/messages/settings/").content.decode()
    client.post("/messages/settings/", {})
    assert NoticeOptOut.objects.filter(user=reader, channel="email").exists()
    client.post("/messages/settings/", {"channel": "email"})
    assert not NoticeOptOut.objects.exists()
