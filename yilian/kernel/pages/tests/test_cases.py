"""The page of a case: who sees it, what it offers, what it says about the rest."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yilian.kernel.access.scope import scope
from yilian.kernel.audit.models import AccessRecord
from yilian.kernel.workflow.conversation import link, post_message


def at(case, rest=""):
    return f"/errand/{case.pk}/{rest}"


@pytest.mark.parametrize("rest", ["", "print/", "do/accept/", "do/edit/", "messages/"])
def test_strangers_find_nothing(stranger, sent, rest):
    stranger.sees(at(sent, rest), status=404)


def test_a_case_of_one_type_is_not_found_under_another_word(sender, sent):
    sender.sees(f"/nonsense/{sent.pk}/", status=404)


def test_everyone_gets_the_buttons_of_their_side(sender, receiver, sent):
    theirs, ours = receiver.sees(at(sent)), sender.sees(at(sent))
    assert 'data-verb="accept"' in theirs
    assert 'data-verb="decline"' in theirs
    assert 'data-verb="accept"' not in ours
    assert "等待 北岭县人民医院（转诊中心）" in ours


def test_facts_history_and_parties_are_read(receiver, sent):
    page = receiver.sees(at(sent))
    for text in ("请协助会诊", "待接收", "石桥乡卫生院", "受托方", "发出"):
        assert text in page


def test_what_stands_against_a_step_is_said(world, sender):
    incomplete = world.open("errand", by=sender.actor, wish="还没写对方")
    page = sender.sees(at(incomplete))
    assert "暂不能「发出」" in page
    assert "请填写「对方机构」" in page
    assert 'data-verb="send"' not in page


def test_the_step_bar_shows_where_the_case_stands(world, receiver, sent):
    world.take(sent, "accept", by=receiver.actor)
    page = receiver.sees(at(sent))
    now = page.index('aria-current="step"')
    assert "办理中" in page[now : now + 400]


def test_a_case_beside_the_main_road_says_so(world, receiver, sent):
    world.take(sent, "decline", by=receiver.actor, why="设备检修")
    page = receiver.sees(at(sent))
    assert '<li class="off" aria-current="step">' in page


def test_looking_and_printing_are_recorded(receiver, sent):
    receiver.sees(at(sent))
    receiver.sees(at(sent, "print/"))
    with scope(receiver.actor):
        assert {"viewed", "printed"} <= set(AccessRecord.objects.values_list("action", flat=True))


def test_linked_cases_are_shown_to_those_who_see_them(world, sender, receiver, sent):
    hidden = world.open("errand", by=sender.actor, wish="只有我看见的草稿")
    with scope(sender.actor):
        link(sent, hidden, "后续")
    assert hidden.number in sender.sees(at(sent))
    assert hidden.number not in receiver.sees(at(sent))


def test_messages_go_both_ways_and_are_receipted(sender, receiver, sent):
    sender.sends(at(sent, "messages/"), text="车辆 20 分钟后到")
    page = receiver.sees(at(sent))
    assert "车辆 20 分钟后到" in page
    assert "messages/seen/" in page
    receiver.sends(at(sent, "messages/seen/"), status=204)
    assert "messages/seen/" not in receiver.sees(at(sent))
    assert "已读：" in sender.sees(at(sent))


def test_an_empty_message_is_refused(sender, sent):
    answer = sender.sends(at(sent, "messages/"), text="  ", status=422)
    assert "请填写 1 至 4000 字的留言" in answer.content.decode()


@pytest.mark.parametrize("address", ["/", "/inbox/", "/errand/", "/errand/new/", "/search/?q=QT", "/messages/"])
def test_reading_writes_nothing_but_the_record_of_reading(sender, sent, address):
    _only_reads(sender, address)


def test_opening_a_case_writes_nothing_but_the_record_of_reading(sender, receiver, sent):
    with scope(receiver.actor):
        post_message(sent, "在吗", by=receiver.actor)
    for rest in ("", "print/", "messages/", "do/redirect/"):
        _only_reads(sender, at(sent, rest))


def _only_reads(person, address):
    with CaptureQueriesContext(connection) as seen:
        person.sees(address)
    asked = [query["sql"].lstrip().lower() for query in seen]
    writes = [sql for sql in asked if sql.startswith(("insert", "update", "delete"))]
    assert all("audit_accessrecord" in sql for sql in writes), writes
