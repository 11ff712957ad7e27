"""Stories of disputes: filed, answered or not, mediated, settled, decided; seen by their parties only."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from tests.world import CITY, COUNTY, ELSEWHERE
from yilian.domains.dispute.documents import printed
from yilian.domains.dispute.models import Dispute, Session
from yilian.domains.dispute.tests.conftest import OTHER
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.deadlines.rounds import go_round
from yilian.kernel.documents.issuing import issue


def test_only_the_parties_and_the_mediator_see_it_and_the_respondent_not_before_it_is_accepted(cast):
    case = cast.take(cast.draft(), "file", cast.county)
    sees = [cast.world.sees(one, case) for one in (cast.county, cast.lead, cast.township, cast.other, cast.stranger)]
    assert sees == [True, True, False, False, False]
    case = cast.take(case, "accept", cast.lead)
    assert cast.world.sees(cast.township, case)
    assert not cast.world.sees(cast.other, case)


def test_what_both_agree_to_is_settled_on_paper(cast):
    case = cast.proposed()
    assert "双方均同意" in cast.refused(case, "settle", cast.lead)
    seen = case.version
    case = cast.take(case, "agree", cast.county)
    case = cast.world.take(case, "agree", by=cast.township, version=seen)
    case = cast.take(case, "settle", cast.lead)
    assert (case.state, case.open, case.ended_on) == ("settled", False, clock.today())
    with scope(cast.lead):
        assert issue(case, "dispute.settlement", by=cast.lead).number.startswith("联调〔")
        assert "明年补足两名" in printed(case)["协议内容"]


def test_an_objection_goes_back_to_mediation_and_a_new_proposal_is_agreed_to_anew(cast):
    case = cast.take(cast.take(cast.proposed(), "agree", cast.county), "object", cast.township, objection="期限过短")
    case = cast.take(case, "propose", cast.lead, proposal="后年补足两名")
    assert (case.claimant_agrees, case.respondent_agrees) == (None, None)
    assert "双方均同意" in cast.refused(cast.take(case, "agree", cast.township), "settle", cast.lead)


def test_what_is_not_settled_is_decided(cast):
    case = cast.take(cast.proposed(), "refer", cast.township)
    case = cast.take(case, "decide", cast.lead, decided_by="纠纷解决机构会议", decision="明年补足", effect="第三条顺延")
    assert case.state == "decided"
    with scope(cast.lead):
        assert issue(case, "dispute.decision", by=cast.lead).number.startswith("联决〔")
        assert "纠纷解决机构会议" in printed(case)["决定机构"]


def test_a_body_that_sits_decides_without_the_parties(cast):
    cast.seated(CITY, OTHER, COUNTY)
    case = cast.referred()
    assert "请拟定决定，提请纠纷解决机构审议" in cast.refused(case, "decide", cast.lead, decided_by="会", decision="略")
    case = cast.take(case, "put", cast.lead, decision="明年补足", effect="第三条顺延")
    assert "正在办理" in cast.refused(case, "put", cast.lead, decision="改写")
    motion = cast.voted(case, "against", cast.lead, cast.other)
    assert (motion.outcome, motion.tally["missing"]) == ("rejected", 0)
    assert not cast.world.sees(cast.county, motion)
    case = cast.again(case)
    assert (case.state, case.decided_by, case.decision) == ("deciding", "", "明年补足")
    case = cast.take(case, "put", cast.lead, decision="三年内补足")
    cast.voted(case, "for", cast.lead, cast.other)
    case = cast.again(case)
    assert (case.state, case.decision, case.ended_on) == ("decided", "三年内补足", clock.today())
    assert case.decided_by.startswith("纠纷解决机构决议 YA")


def test_whoever_does_not_answer_in_time_is_mediated_all_the_same(cast):
    case = cast.take(cast.take(cast.draft(), "file", cast.county), "accept", cast.lead)
    with clock.standing_at(case.due + timedelta(minutes=1)):
        go_round()
    with scope(cast.lead):
        case = Dispute.objects.get(pk=case.pk)
    assert case.state == "mediating"
    assert "至少调解一次" in cast.refused(case, "propose", cast.lead, proposal="方案")


def test_sessions_are_never_changed_and_walled(cast):
    case = cast.mediated()
    with scope(cast.other):
        assert not Session.objects.exists()
    with scope(cast.county), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        case.sessions.update(record="改写")


def test_the_lead_as_a_party_wants_another_mediator(cast):
    case = cast.draft(respondent=cast.lead.institution_id)
    assert "请另选调解单位" in cast.refused(case, "file", cast.county)
    case = cast.draft(respondent=cast.lead.institution_id, mediator=cast.county.institution_id)
    assert "北岭县人民医院是当事方" in cast.refused(case, "file", cast.county)
    case = cast.draft(respondent=cast.lead.institution_id, mediator=cast.stranger.institution_id)
    assert "远山市人民医院不是成员" in cast.refused(case, "file", cast.county)
    case = cast.draft(respondent=cast.lead.institution_id, mediator=cast.other.institution_id)
    assert cast.take(case, "file", cast.county).mediator_id == cast.other.institution_id


@pytest.mark.parametrize("place", [COUNTY, ELSEWHERE])
def test_a_dispute_is_between_two_members(cast, place):
    case = cast.draft(respondent=cast.world.place(place).pk)
    assert "同一医联体的两个成员单位" in cast.refused(case, "file", cast.county)
