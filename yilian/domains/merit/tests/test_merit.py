"""Stories of merits and penalties: heard, decided by a body or a head, appealed, published, settled, lapsed."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.world import AUTHORITY, CITY, COUNTY, ELSEWHERE, TOWNSHIP, World
from yilian.domains.merit.models import Merit
from yilian.domains.merit.scoring import points_in_effect
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.scope import scope
from yilian.kernel.clock.periods import Period
from yilian.kernel.deadlines.rounds import go_round
from yilian.kernel.documents.issuing import issue
from yilian.kernel.documents.paper import papers
from yilian.kernel.documents.refusal import PaperRefused
from yilian.kernel.documents.wordings import content
from yilian.kernel.workflow.case_type import case_types
from yilian.kernel.workflow.lookups import lookups
from yilian.kernel.workflow.refusals import Refused
from yilian.registry.models import Consortium, Institution, Membership, Practitioner, Region
from yilian.registry.models.consortium import ConsortiumKind, MemberRole

SINCE = date(2020, 1, 1)
OTHER = "江城市中医医院"


@dataclass
class Cast:
    world: World
    group: Consortium
    lead: Actor
    examiner: Actor
    chief: Actor
    second: Actor
    county: Actor
    township: Actor
    other: Actor
    stranger: Actor

    def draft(self, by: Actor | None = None, **other: Any) -> Merit:
        answers = {
            "consortium": self.group.pk, "target": self.township.institution_id, "measure": "warning",
            "ground": "refusal", "facts": "连续三次不执行转诊决定。",
        }  # fmt: skip
        return self.world.open("merit", by=by or self.county, **answers | other)

    def take(self, case: Merit, verb: str, by: Actor, **answers: Any) -> Merit:
        return self.world.take(case, verb, by=by, **answers)

    def refused(self, case: Merit, verb: str, by: Actor, **answers: Any) -> str:
        with pytest.raises(Refused) as caught:
            self.take(case, verb, by, **answers)
        return str(caught.value)

    def heard(self, **other: Any) -> Merit:
        case = self.take(self.take(self.draft(**other), "propose", self.county), "hear", self.examiner)
        return self.take(case, "state_case", self.township, statement="设备故障，并非拒绝。")

    def imposed(self, **other: Any) -> Merit:
        return self.take(self.heard(**other), "impose", self.chief, decided_by="院长办公会")

    def found(self, sort: str, name: str, *places: str) -> None:
        """Found a body with somebody of each place in its seats."""
        people = [
            Practitioner.objects.create(institution=Institution.objects.get(name=place), name=f"{sort}{number}",
                                        profession="physician")
            for number, place in enumerate(places)
        ]  # fmt: skip
        positions = ("chair", *("member" for _other in people[1:]))
        seats = [{"position": one, "person": person.pk} for one, person in zip(positions, people, strict=True)]
        answers = {"consortium": self.group.pk, "sort": sort, "name": name, "since_on": SINCE, "decision": "大会",
                   "seats": seats}  # fmt: skip
        self.world.take(self.world.open("body", by=self.lead, **answers), "found", by=self.lead)

    def resolve(self, case: Merit, choice: str, *voters: Actor) -> tuple[Merit, Any]:
        """Put a case to its body and let these vote the same way; return the case and the motion."""
        self.take(case, "put", self.examiner)
        model = case_types["motion"].model
        with scope(self.lead):
            motion = model.objects.filter(about=case.pk).latest("pk")
        motion = self.world.take(motion, "put", by=self.lead)
        for voter in voters:
            with scope(voter):
                keys = [one.value for one in lookups["vote-seat"].search(voter, "", "", {"case": str(motion.pk)})]
            for key in keys:
                motion = self.world.take(motion, "vote_seat", by=voter, seat=key, ballot=choice)
        motion = self.world.take(motion, "count", by=self.lead)
        with scope(self.lead):
            return Merit.objects.get(pk=case.pk), motion


@pytest.fixture
def cast(world: World, settings, tmp_path) -> Cast:
    settings.MEDIA_ROOT = tmp_path / "documents"
    world.authority()
    lead = world.place(CITY, region=Region.objects.get(code="420100"))
    group = Consortium.objects.create(
        name="江城市医疗集团", kind=ConsortiumKind.CITY_GROUP, lead=lead, founded_on=SINCE
    )
    Membership.objects.create(consortium=group, institution=lead, role=MemberRole.LEAD, since_on=SINCE)
    for name in (COUNTY, TOWNSHIP, OTHER):
        Membership.objects.create(consortium=group, institution=world.place(name), since_on=SINCE)
    at_lead = (world.person(role, at=CITY) for role in ("office", "office", "director", "director"))
    members = (world.person("office", "director", at=name) for name in (COUNTY, TOWNSHIP, OTHER, ELSEWHERE))
    return Cast(world, group, *at_lead, *members)


def sees(cast: Cast, case: Merit) -> list[bool]:
    return [cast.world.sees(one, case) for one in (cast.county, cast.lead, cast.township, cast.other, cast.stranger)]


def test_a_penalty_is_known_to_its_parties_until_it_is_published(cast: Cast):
    case = cast.take(cast.draft(), "propose", cast.county)
    assert sees(cast, case) == [True, True, False, False, False]
    case = cast.take(case, "hear", cast.examiner)
    assert sees(cast, case) == [True, True, True, False, False]
    case = cast.take(case, "state_case", cast.township, statement="设备故障")
    case = cast.take(case, "impose", cast.chief, decided_by="院长办公会")
    case = cast.take(case, "accept", cast.township)
    assert sees(cast, case) == [True, True, True, False, False]
    case = cast.take(case, "publish", cast.lead)
    assert sees(cast, case) == [True, True, True, True, False]
    assert (case.points, case.basis, case.published_on) == (Decimal("-2"), "院长办公会", clock.today())


def test_points_count_while_it_is_in_force_and_it_expires_by_the_clock(cast: Cast):
    case = cast.take(cast.take(cast.imposed(), "accept", cast.township), "publish", cast.lead)
    period = Period(clock.today().replace(day=1), clock.today())

    def points() -> list[Any]:
        with scope(cast.lead):
            return [(row.institution_id, row.points, row.case_id) for row in points_in_effect(cast.group.pk, period)]

    assert points() == [(cast.township.institution_id, Decimal("-2"), case.pk)]
    with clock.standing_at(case.due + timedelta(minutes=1)):
        go_round()
    with scope(cast.lead):
        case = Merit.objects.get(pk=case.pk)
    assert (case.state, points()) == ("expired", [])


def test_who_says_nothing_is_decided_about_and_who_does_not_appeal_is_bound(cast: Cast):
    case = cast.take(cast.take(cast.draft(), "propose", cast.county), "hear", cast.examiner)
    with clock.standing_at(case.due + timedelta(minutes=1)):
        go_round()
        with scope(cast.lead):
            case = Merit.objects.get(pk=case.pk)
        case = cast.take(case, "impose", cast.chief, decided_by="院长办公会")
    with clock.standing_at(case.due + timedelta(minutes=1)):
        go_round()
    with scope(cast.lead):
        assert Merit.objects.get(pk=case.pk).state == "final"


def test_an_appeal_is_decided_by_another_head_and_what_is_overturned_is_never_published(cast: Cast):
    case = cast.take(cast.imposed(), "appeal", cast.township, appeal="事实不清")
    assert "原审查人、决定人以外" in cast.refused(case, "overturn", cast.chief, decided_by="复核")
    case = cast.take(case, "overturn", cast.second, decided_by="复核会议")
    assert (case.state, case.open, case.basis, case.appeal_basis) == ("revoked", False, "院长办公会", "复核会议")
    assert not cast.world.sees(cast.other, case)


def test_the_body_decides_without_the_one_concerned_and_another_body_the_appeal(cast: Cast):
    cast.found("leading", "领导小组", CITY, COUNTY, TOWNSHIP)
    cast.found("disputes", "纠纷解决机构", CITY, OTHER)
    case = cast.heard()
    assert "请提请领导小组审议" in cast.refused(case, "impose", cast.chief, decided_by="会议")
    case, motion = cast.resolve(case, "for", cast.chief, cast.county)
    assert (case.state, case.decided_kind, case.basis) == ("served", "leading", f"领导小组决议 {motion.number}")
    assert (motion.tally["in_favour"], motion.tally["missing"]) == (2, 0)
    assert [cast.world.sees(one, motion) for one in (cast.county, cast.township, cast.other)] == [True, False, False]
    case = cast.take(case, "appeal", cast.township, appeal="程序有误")
    assert "请提请纠纷解决机构审议" in cast.refused(case, "uphold", cast.second, decided_by="会议")
    case, motion = cast.resolve(case, "against", cast.second, cast.other)
    assert (case.state, case.appeal_basis) == ("revoked", f"纠纷解决机构决议 {motion.number}")


def test_a_fine_is_bounded_published_with_its_day_and_settled_or_remitted(cast: Cast):
    with pytest.raises(Refused, match="最高 10,000 元"):
        cast.draft(measure="fine", amount="10000.01")
    case = cast.take(cast.imposed(measure="fine", amount="500"), "accept", cast.township)
    assert "没有款项的公布即可" in cast.refused(case, "publish", cast.lead)
    case = cast.take(case, "publish_amount", cast.lead)
    assert (case.state, case.pay_by) == ("owing", clock.today() + timedelta(days=30))
    tomorrow = clock.today() + timedelta(days=1)
    assert "结清日期不晚于今天" in cast.refused(case, "settle", cast.lead, paid_on=tomorrow)
    assert cast.take(case, "settle", cast.lead, paid_on=clock.today()).state == "in_force"


def test_a_merit_needs_no_hearing_and_a_person_earns_an_institution_no_points(cast: Cast):
    person = Practitioner.objects.create(institution=cast.world.place(TOWNSHIP), name="周敏", profession="physician")
    case = cast.draft(measure="commend", ground="outstanding", person=person.pk)
    case = cast.take(case, "propose", cast.county)
    assert "应先听取陈述申辩" not in cast.refused(case, "hear", cast.examiner)
    case = cast.take(cast.take(case, "pass_on", cast.examiner), "award", cast.chief, decided_by="院长办公会")
    case = cast.take(case, "publish", cast.lead)
    assert (case.points, case.title) == (None, f"表彰：{TOWNSHIP}周敏")
    with scope(cast.lead):
        assert issue(case, "merit.commendation", by=cast.lead).number.startswith("联奖〔")
        said = content(papers["merit.commendation"], case, cast.lead.institution_id)
        assert said["title"] == f"关于表彰{TOWNSHIP}周敏的决定"
        assert not any("金额" in line["text"] for line in said["body"])
        with pytest.raises(PaperRefused, match="奖励不出具通报"):
            issue(case, "merit.circular", by=cast.lead)


def test_the_authority_examines_the_lead(cast: Cast):
    authority = cast.world.person("authority", at=AUTHORITY)
    case = cast.take(cast.draft(target=cast.lead.institution_id), "propose", cast.county)
    assert (case.office_id, cast.world.sees(cast.lead, case)) == (authority.institution_id, False)
    case = cast.take(case, "hear", authority)
    with scope(authority):
        said = content(papers["merit.hearing"], case, authority.institution_id)
        assert (said["title"], said["to"]) == ("陈述申辩告知书", str(case.target))
    case = cast.take(case, "state_case", cast.chief, statement="有误")
    assert cast.take(case, "impose", authority, decided_by="局务会").state == "served"


@pytest.mark.parametrize(
    ("answers", "says"),
    [({"ground": "outstanding"}, "事由应与"), ({"facts": ""}, "请填写"), ({"measure": "fine"}, "请填写「金额（元）」")],
)
def test_what_does_not_fit_is_not_proposed(cast: Cast, answers, says):
    assert says in cast.refused(cast.draft(**answers), "propose", cast.county)


def test_members_propose_members_and_others_examine(cast: Cast):
    strange = cast.draft(target=cast.stranger.institution_id)
    assert "远山市人民医院不是该医联体的成员" in cast.refused(strange, "propose", cast.county)
    case = cast.take(cast.draft(by=cast.lead), "propose", cast.lead)
    assert "审查、决定不由提出人办理" in cast.refused(case, "hear", cast.lead)
