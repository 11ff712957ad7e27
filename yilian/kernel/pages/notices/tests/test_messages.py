"""消息: the bell counts, opening reads, and nobody opens what is not theirs."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.world import COUNTY, ELSEWHERE, TOWNSHIP
from yilian.kernel.access.posts import actor_for
from yilian.kernel.access.scope import scope
from yilian.kernel.notices import reading
from yilian.kernel.notices.kinds import kinds
from yilian.kernel.notices.models import NoticeDelivery, NoticeOptOut
from yilian.kernel.notices.robot_keeping import add_robot
from yilian.kernel.notices.robots import robot_kinds
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
    page = client.get("/messages/settings/").content.decode()
    assert "未登记地址" in page
    assert "22 点 至次日 7 点 为免打扰时段" in page
    client.post("/messages/settings/", {"wish": ["email:step", "email:urge", "sms:step", "nonsense"]})
    muted = set(NoticeOptOut.objects.filter(user=reader).values_list("channel", "kind"))
    assert muted == {("email", "deadline"), ("email", "reply"), ("email", "word")}
    client.post("/messages/settings/", {"wish": [f"email:{kind.key}" for kind in kinds]})
    assert not NoticeOptOut.objects.exists()


@pytest.fixture
def keeper(world, client):
    user = world.user("admin", at=COUNTY)
    client.force_login(user)
    return user


def test_a_robot_is_added_once_and_its_address_never_shown(client, keeper, settings):
    assert "没有开通企业微信或钉钉" in client.get("/messages/robots/").content.decode()
    settings.NOTICE_CHANNELS = {"wecom": "http://127.0.0.1:9/send"}
    wanted = {"channel": "wecom", "title": "转诊群", "address": "https://qyapi.weixin.qq.com/x?key=secret-key-12345"}
    assert client.post("/messages/robots/", wanted).status_code == 302
    page = client.get("/messages/robots/").content.decode()
    assert "转诊群" in page
    assert "…2345" in page
    assert "secret-key" not in page
    assert "已有同名" in client.post("/messages/robots/", wanted).content.decode()
    assert client.post("/messages/robots/", wanted | {"address": "x", "title": "二"}).status_code == 422


def test_a_robot_is_switched_and_chooses(client, keeper):
    with scope(actor_for(keeper)):
        kind = robot_kinds["wecom"]
        robot = add_robot(by=actor_for(keeper), kind=kind, title="群", address="0123456789", wanted=["step"])
    client.post(f"/messages/robots/{robot.pk}/", {"kind": ["urge", "nonsense"]})
    with scope(actor_for(keeper)):
        robot.refresh_from_db()
    assert (robot.is_on, robot.kinds) == (False, ["urge"])


def test_the_dead_are_seen_and_sent_again(client, world, keeper, notice):
    actor = actor_for(keeper)
    with scope(actor):
        row = NoticeDelivery.objects.create(
            notice=notice, institution_id=actor.institution_id, user=keeper, channel="email", state="dead",
            attempts=6, last_error="HTTP 503", at=notice.at,
        )  # fmt: skip
    client.force_login(keeper)
    page = client.get("/messages/deliveries/?state=dead").content.decode()
    assert "HTTP 503" in page
    assert notice.says in page
    assert "HTTP 503" not in client.get("/messages/deliveries/?state=sent").content.decode()
    client.post(f"/messages/deliveries/{row.pk}/again/")
    with scope(actor):
        row.refresh_from_db()
        assert (row.state, row.attempts) == ("waiting", 0)
    assert ProcrastinateJob.objects.filter(task_name="notices.deliver").count() == 1


def test_only_keepers_see_what_left_the_house(client, reader):
    for path in ("/messages/deliveries/", "/messages/robots/"):
        assert client.get(path).status_code == 403
