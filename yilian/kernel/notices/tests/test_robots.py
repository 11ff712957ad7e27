"""Robots of chat groups and an SMS gateway, against a real HTTP server: what is posted, and what counts as taken."""

import base64
import hashlib
import hmac

import pytest
from django.db import ProgrammingError, connection, transaction

from tests.world import COUNTY
from yilian.kernel import clock
from yilian.kernel.access.models import User
from yilian.kernel.access.scope import scope
from yilian.kernel.notices import robot_keeping
from yilian.kernel.notices.delivering import WAITS
from yilian.kernel.notices.models import Notice, NoticeDelivery, NoticeRobot, State
from yilian.kernel.notices.robots import BadRobotAddressError, robot_kinds
from yilian.kernel.notices.tasks import deliver
from yilian.kernel.notices.telling import tell

KEY = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"
ADDRESS = f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}"
KINDS = ("step", "urge", "word")

pytestmark = pytest.mark.usefixtures("at_noon")


def robot_at(actor, kind="wecom", *, address=ADDRESS, secret="", wanted=KINDS) -> NoticeRobot:
    with scope(actor):
        return robot_keeping.add_robot(
            by=actor, kind=robot_kinds[kind], title=f"转诊群{kind}", address=address, secret=secret, wanted=wanted
        )


def sent(world, sender, first, case) -> Notice:
    world.take(case, "send", by=sender)
    with scope(first):
        notice = Notice.objects.get(institution_id=first.institution_id)
    deliver(str(notice.pk), notice.institution_id)
    return notice


def state_of(actor) -> list[tuple[str, str]]:
    with scope(actor):
        return list(NoticeDelivery.objects.order_by("pk").values_list("state", "last_error"))


def test_a_group_hears_what_the_institution_is_told_without_the_patient(db, groups, story):
    world, sender, first, _second, case = story
    robot_at(first)
    sent(world, sender, first, case)
    ((path, query, body),) = groups.posts
    assert (path, query) == ("/wecom", {"key": KEY})
    assert body["msgtype"] == "text"
    assert body["text"]["content"].startswith(f"【医联】请托 {case.number} 已「发出」")
    assert f"/errand/{case.pk}/" in body["text"]["content"]
    assert "王喆" not in body["text"]["content"]
    assert state_of(first) == [(State.SENT, "")]


def test_dingtalk_is_signed_with_the_secret(db, groups, story):
    world, sender, first, _second, case = story
    robot_at(first, "dingtalk", address="https://oapi.dingtalk.com/robot/send?access_token=abc123def", secret="SECxyz")
    sent(world, sender, first, case)
    ((_path, query, _body),) = groups.posts
    digest = hmac.digest(b"SECxyz", f"{query['timestamp']}\nSECxyz".encode(), hashlib.sha256)
    assert query["access_token"] == "abc123def"
    assert base64.b64decode(query["sign"], validate=True) == digest


@pytest.mark.parametrize(
    ("status", "answer", "error"),
    [
        (200, b'{"errcode":93000,"errmsg":"invalid webhook url"}', "93000 invalid webhook url"),
        (503, b"", "HTTP 503"),
        (200, b"<html>", "对方的答复无法识别"),
        (200, b"[]", "对方的答复无法识别"),
    ],
)
def test_a_refusal_with_status_200_is_a_refusal(db, groups, story, status, answer, error):
    world, sender, first, _second, case = story
    robot_at(first)
    groups.status, groups.answer = status, answer
    notice = sent(world, sender, first, case)
    assert state_of(first) == [(State.WAITING, error)]
    groups.status, groups.answer = 200, b'{"errcode":0}'
    with clock.standing_at(clock.now() + WAITS[0]):
        deliver(str(notice.pk), notice.institution_id)
    assert state_of(first) == [(State.SENT, "")]


def test_nobody_listening_is_noted_and_tried_again(db, settings, story):
    world, sender, first, _second, case = story
    settings.NOTICE_CHANNELS = {"wecom": "http://127.0.0.1:9/"}
    robot_at(first)
    sent(world, sender, first, case)
    assert state_of(first) == [(State.WAITING, "ConnectionRefusedError")]


def test_the_group_hears_only_what_was_chosen_and_nothing_meant_for_one_person(db, groups, story):
    world, sender, first, _second, case = story
    robot_at(first, wanted=["deadline", "word"])
    sent(world, sender, first, case)
    with scope(sender):
        personal = tell(case, first.institution_id, ["reception"], "请您接手", by=sender, user_id=first.user_id)
    deliver(str(personal.pk), first.institution_id)
    assert groups.posts == []


def test_a_robot_switched_off_says_nothing(db, groups, story):
    world, sender, first, _second, case = story
    robot = robot_at(first)
    with scope(first):
        robot_keeping.change_robot(robot, by=first, is_on=False, wanted=KINDS)
    sent(world, sender, first, case)
    assert groups.posts == []


def test_the_key_is_sealed_and_belongs_to_one_institution(db, groups, story):
    _world, sender, first, *_rest = story
    robot = robot_at(first)
    with connection.cursor() as cursor, scope(first):
        cursor.execute("select key, ending from notices_noticerobot")
        sealed, ending = cursor.fetchone()
    assert KEY.encode() not in bytes(sealed)
    assert ending == KEY[-4:]
    with scope(sender):
        assert not NoticeRobot.objects.filter(pk=robot.pk).exists()
        assert robot_keeping.has_robot(first.institution_id), "that there is one is no secret: jobs hang on it"


@pytest.mark.parametrize("change", ["update notices_noticerobot set key = ''", "delete from notices_noticerobot"])
def test_nobody_changes_the_key_of_a_robot(db, groups, story, change):
    _world, _sender, first, *_rest = story
    robot_at(first)
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        scope(first),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


@pytest.mark.parametrize("address", ["", "https://example.org/", "https://qyapi.weixin.qq.com/x?key=", "有空格 的"])
def test_what_is_no_address_of_a_robot_is_refused_with_a_sentence(db, groups, story, address):
    _world, _sender, first, *_rest = story
    with pytest.raises(BadRobotAddressError, match="Webhook"):
        robot_at(first, address=address)


def test_an_sms_gateway_gets_number_and_text(db, groups, settings, story):
    world, sender, first, _second, case = story
    host = groups.address.removeprefix("http://")
    settings.NOTICE_CHANNELS = {"sms": f"json://{host}/sms?:mobile={{to}}"}
    User.objects.filter(pk=first.user_id).update(phone="13900000001")
    sent(world, sender, first, case)
    ((path, _query, body),) = groups.posts
    assert (path, body["mobile"]) == ("/sms", "13900000001")
    assert case.number in body["message"]
    assert COUNTY not in body["message"]
