"""The members a consortium begins with: each is asked, and its six conditions are checked."""

import pytest

from yilian.domains.alliance.models import Filing
from yilian.domains.alliance.tests.acts import on, refusal, today
from yilian.domains.alliance.tests.conftest import FAR, LEAD, MEMBER, TOWN
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow import queries
from yilian.kernel.workflow.refusals import NotYours
from yilian.registry.consortia import members_of
from yilian.registry.institutions import change_institution
from yilian.registry.models import Attestation, Institution

APPROVAL = {"approval_number": "江卫医发〔2026〕12号"}


@pytest.fixture
def town(city):
    return city.world.person("office", at=TOWN)


@pytest.fixture
def presented(city, town):
    """A filing in review whose two members have been asked."""
    members = [city.place(name).pk for name in (MEMBER, TOWN)]
    return city.world.take(city.prepared(members=members), "present", by=city.office)


def approve(city, case):
    return city.world.take(case, "approve", by=city.authority, approved_on=today(), **APPROVAL)


def stands_against(city, case, verb="approve"):
    answers = {"approved_on": today(), **APPROVAL} if verb == "approve" else {}
    return str(refusal(city, case, verb, by=city.authority, **answers))


def waits_for(actor):
    with scope(actor):
        return len(queries.inbox(actor))


def test_review_waits_until_every_member_has_agreed(city, presented, town):
    assert f"尚未答复：{MEMBER}、{TOWN}" in stands_against(city, presented)
    case = city.world.take(presented, "agree", by=city.county)
    for verb in ("approve", "order_visit"):
        text = stands_against(city, case, verb)
        assert f"尚未答复：{TOWN}" in text
        assert "6.1" in text
    case = approve(city, city.world.take(case, "agree", by=town))
    with on(2026, 12, 1):
        names = {row.institution.name for row in members_of(case.consortium_id, case.approved_on)}
    assert names == {LEAD, MEMBER, TOWN}


def test_the_question_stands_in_the_inbox_of_the_asked_until_they_have_answered(city, presented, town):
    assert (waits_for(town), waits_for(city.county)) == (1, 1)
    case = city.world.take(presented, "agree", by=town)
    assert (waits_for(town), waits_for(city.county)) == (0, 1)
    with pytest.raises(NotYours, match="拟参加单位"):
        city.world.take(case, "agree", by=town)
    assert city.world.sees(town, case)


@pytest.mark.parametrize("who", ["office", "authority", "stranger"])
def test_nobody_agrees_for_another(city, presented, who):
    actor = getattr(city, who)
    with pytest.raises((NotYours, Filing.DoesNotExist)):
        city.world.take(presented, "agree", by=actor)


def test_a_refusal_names_its_reason_and_gives_the_filing_back_to_the_lead(city, presented, town):
    case = city.world.take(presented, "agree", by=city.county)
    assert "须写明具体情况" in str(refusal(city, case, "stay_out", by=town, stay_out_reason="agreement"))
    case = city.world.take(case, "stay_out", by=town, stay_out_reason="agreement", note="第四条责任不清")
    assert (case.state, waits_for(city.office)) == ("preparing", 1)
    (refused,) = [answer for answer in case.responses if not answer["agreed"]]
    assert (refused["reason"], refused["note"]) == ("对章程或协议内容有异议", "第四条责任不清")


def test_without_the_unwilling_the_others_need_not_answer_again(city, presented, town):
    case = city.world.take(presented, "agree", by=city.county)
    case = city.world.take(case, "stay_out", by=town, stay_out_reason="capacity")
    case = city.world.take(case, "prepare", by=city.office, members=[city.place(MEMBER).pk])
    case = city.world.take(case, "present", by=city.office)
    assert not city.world.sees(town, case)
    assert approve(city, case).state == "approved"


def test_who_declined_is_asked_again_when_the_lead_presents_again(city, presented, town):
    case = city.world.take(presented, "agree", by=city.county)
    case = city.world.take(case, "stay_out", by=town, stay_out_reason="capacity")
    case = city.world.take(case, "present", by=city.office)
    assert f"尚未答复：{TOWN}" in stands_against(city, case)
    assert approve(city, city.world.take(case, "agree", by=town)).state == "approved"


def test_a_member_that_fails_a_condition_is_not_even_presented(city):
    Institution.objects.filter(name=MEMBER).update(has_inpatient=False)
    text = str(refusal(city, city.prepared(), "present", by=city.office))
    assert f"{MEMBER}（6.2.3 没有住院部门）" in text


def test_what_nobody_confirmed_of_a_member_is_confirmed_by_the_lead_before_approval(city, town):
    Attestation.objects.filter(institution=city.place(TOWN)).delete()
    case = city.world.take(city.prepared(members=[city.place(TOWN).pk]), "present", by=city.office)
    case = city.world.take(case, "agree", by=town)
    assert f"无法判断是否满足：发起成员同样应具备六项加入条件；{TOWN}（6.2.1" in stands_against(city, case)
    word = {"conditions": ["6.2.1", "6.2.2", "6.2.3", "6.2.4"], "is_met": True, "evidence": "查验证照"}
    strange = refusal(city, case, "attest", by=city.office, institutions=[city.place(FAR).pk], **word)
    assert f"只能确认发起成员的条件；{FAR}" in str(strange)
    case = city.world.take(case, "attest", by=city.office, institutions=[city.place(TOWN).pk], **word)
    with scope(town):
        change_institution(city.place(TOWN), by=town, has_nursing_office=None)
    assert "6.2.4" in stands_against(city, case)
    with scope(town):
        change_institution(city.place(TOWN), by=town, has_nursing_office=True)
    assert "自报，未核" in stands_against(city, case)
    case = city.world.take(case, "attest", by=city.authority, institutions=[city.place(TOWN).pk], **word)
    assert approve(city, case).state == "approved"
