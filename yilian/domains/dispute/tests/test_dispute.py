"""Stories of disputes: filed, answered or not, mediated, settled, decided; seen by their parties only."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from tests.world import CITY, COUNTY, ELSEWHERE, TOWNSHIP, World
from yilian.domains.dispute.documents import printed
from yilian.domains.dispute.models import Dispute, Session
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.scope import scope
from yilian.kernel.deadlines.rounds import go_round
from yilian.kernel.documents.issuing import issue
from yilian.kernel.workflow.refusals import Refused
from yilian.registry.models import Consortium, Membership
from yilian.registry.models.consortium import ConsortiumKind, MemberRole

SINCE = date(2020, 1, 1)
OTHER = "江城市中医医院"


@dataclass
class Cast:
    world: World
    group: Consortium
    lead: Actor
    county: Actor
    township: Actor
    other: Actor
    stranger: Actor

    def draft(self, by: Actor | None = None, **other) -> Dispute:
        answers = {
            "consortium": self.group.pk, "respondent": self.township.institution_id, "subject": "进修名额未兑现",
            "claims": "补足名额", "facts": "协议约定每年两名，今年未接收。", "clauses": "合作协议第三条",
        }  # fmt: skip
        return self.world.open("dispute", by=by or self.county, **answers | other)

    def take(self, case: Dispute, verb: str, by: Actor, **answers) -> Dispute:
        return self.world.take(case, verb, by=by, **answers)

    def refused(self, case: Dispute, verb: str, by: Actor, **answers) -> str:
        with pytest.raises(Refused) as caught:
            self.take(case, verb, by, **answers)
        return str(caught.value)

    def mediated(self) -> Dispute:
        """Bring a dispute to its first recorded session."""
        case = self.take(self.take(self.draft(), "file", self.county), "accept", self.lead)
        case = self.take(case, "reply", self.township, reply="名额已满")
        session = {"held_on": clock.today(), "present": "双方院长", "record": "双方陈述"}
        return self.take(case, "mediate", self.lead, **session)

    def proposed(self) -> Dispute:
        return self.take(self.mediated(), "propose", self.lead, proposal="明年补足两名", effect="第三条增加补足条款")


@pytest.fixture
def cast(world: World, settings, tmp_path) -> Cast:
    settings.MEDIA_ROOT = tmp_path / "documents"
    lead = world.place(CITY)
    group = Consortium.objects.create(
        name="江城市医疗集团", kind=ConsortiumKind.CITY_GROUP, lead=lead, founded_on=SINCE
    )
    Membership.objects.create(consortium=group, institution=lead, role=MemberRole.LEAD, since_on=SINCE)
    for name in (COUNTY, TOWNSHIP, OTHER):
        Membership.objects.create(consortium=group, institution=world.place(name), since_on=SINCE)
    places = (CITY, COUNTY, TOWNSHIP, OTHER, ELSEWHERE)
    return Cast(world, group, *(world.person("office", "director", at=name) for name in places))


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
