"""Forms: kept as a draft, sent at once, changed, copied; errors beside the questions; pickers."""

import re

import pytest
from django.http import QueryDict

from tests.sample.models import Errand
from yilian.kernel.access.scope import scope
from yilian.kernel.pages import asking
from yilian.kernel.pages.tests.test_cases import at
from yilian.kernel.workflow.flow import Ask


def kept(person):
    with scope(person.actor):
        return Errand.objects.get()


def test_a_half_filled_form_is_kept_as_a_draft(sender):
    sender.sends("/errand/new/", wish="写到一半", _do="")
    case = kept(sender)
    assert (case.wish, case.state) == ("写到一半", "draft")


def test_a_filled_form_is_sent_at_once(sender, receiver):
    answer = sender.sends("/errand/new/", wish="会诊", receiver=str(receiver.actor.institution_id), _do="send")
    assert kept(sender).state == "sent"
    assert "已办理「发出」" in sender.sees(answer.url)


def test_an_incomplete_form_is_not_sent_and_nothing_is_kept(sender):
    answer = sender.sends("/errand/new/", wish="会诊", _do="send", status=422)
    page = answer.content.decode()
    assert "没有提交：有 1 处需要修改" in page
    assert 'id="ask-receiver-error"' in page
    assert "会诊</textarea>" in page
    with scope(sender.actor):
        assert not Errand.objects.exists()


def test_bad_answers_are_named_one_by_one(sender, receiver):
    bad = {"receiver": "999", "wanted_on": "明天", "amount": "100"}
    answer = sender.sends("/errand/new/", wish="会诊", _do="", status=422, **bad)
    page = answer.content.decode()
    for text in ("请从列表中选择", "应为日期", "应在 1 与 99 之间"):
        assert text in page


def test_a_draft_is_changed_and_sent(sender, receiver, draft):
    page = sender.sees(at(draft, "do/edit/"))
    assert "请协助会诊</textarea>" in page
    assert "北岭县人民医院</option>" in page
    changed = {"wish": "改过的", "receiver": str(receiver.actor.institution_id)}
    sender.sends(at(draft, "do/edit/"), _do="send", _version="1", **changed)
    case = kept(sender)
    assert (case.wish, case.state) == ("改过的", "sent")


def test_a_stale_form_is_refused_with_what_is_there_now(world, sender, receiver, draft):
    world.take(draft, "edit", by=sender.actor, wish="另一窗口改过")
    answer = sender.sends(at(draft, "do/edit/"), wish="旧窗口", _do="", _version="1", status=409)
    assert "另一窗口改过</textarea>" in answer.content.decode()
    assert kept(sender).wish == "另一窗口改过"


def test_an_earlier_case_is_copied(sender, stranger, sent):
    page = sender.sees(f"/errand/new/?from={sent.pk}")
    assert "请协助会诊</textarea>" in page
    stranger.sees(f"/errand/new/?from={sent.pk}", status=404)


def test_the_address_fills_in_questions(sender):
    assert "带来的话</textarea>" in sender.sees("/errand/new/?wish=带来的话&nonsense=1")


def test_double_clicking_opens_one_case(sender):
    for _time in range(2):
        sender.sends("/errand/new/", wish="只一件", _do="", _key="same")
    assert kept(sender).wish == "只一件"


def test_a_form_sent_changed_from_the_back_button_says_what_was_sent_and_may_be_sent_anew(sender):
    sender.sends("/errand/new/", wish="第一件", _do="", _key="same")
    answer = sender.sends("/errand/new/", wish="第二件", _do="", _key="same", status=422).content.decode()
    first = kept(sender)
    assert f"此表单已提交过，编号 {first.number}" in answer
    (key,) = re.findall(r'name="_key" value="([^"]+)"', answer)
    sender.sends("/errand/new/", wish="第二件", _do="", _key=key)
    with scope(sender.actor):
        assert {case.wish for case in Errand.objects.all()} == {"第一件", "第二件"}


def test_pickers_search_by_name_and_initials(world, sender, receiver):
    found = sender.client.get("/pick/institution/?q=北岭").json()["items"]
    assert [item["text"] for item in found] == ["北岭县人民医院"]
    assert found[0]["value"] == str(receiver.actor.institution_id)


def test_there_is_no_picker_of_what_nobody_declared(sender):
    sender.sees("/pick/nonsense/", status=404)


TABLE = Ask("team", "团队", "rows", asks=(Ask("name", "姓名"), Ask("is_lead", "负责", "bool", required=False)))


def test_a_table_is_sent_row_by_row():
    data = QueryDict("team.0.name=甲&team.0.is_lead=true&team.7.name=乙&team.new.name=丙&other=1")
    rows = asking.sent([TABLE], data)["team"]
    assert [row["name"] for row in rows] == ["甲", "乙", "丙"]
    assert [row["is_lead"] for row in rows] == [True, None, None]


@pytest.mark.parametrize("given", [[], [{"name": "甲", "is_lead": True}]])
def test_a_table_has_its_rows_a_spare_one_and_a_pattern(sender, given):
    (field,) = asking.fields_of([TABLE], sender.actor, {"team": given}, {})
    assert len(field.rows) == len(given) + 2
    assert field.rows[-1][0].input_name == "team.new.name"


def test_a_box_that_is_not_ticked_says_no():
    ask = Ask("ok", "同意", "bool")
    assert asking.sent([ask], QueryDict("")) == {"ok": False}
