"""Joint projects of the city group: one completed, one running, one behind, one to be screened; and who decides."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from yilian.config.demo.acting import opened, taken
from yilian.config.demo.consortia import CITY_GROUP, Founder
from yilian.config.demo.seating import row
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor, system_actor
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow.case_type import case_types
from yilian.kernel.workflow.lookups import lookups
from yilian.kernel.workflow.models import Case
from yilian.registry.models import Consortium, Practitioner

DECIDED_DAYS_AGO = 120
MARKS = {"mark_goals": 92, "mark_results": 88, "mark_spending": 90, "mark_cooperation": 95}
CHEST, STROKE = "胸痛救治单元共建", "卒中筛查下社区"


@dataclass(frozen=True)
class Leading:
    """The leading group of the city group: its consortium, the lead's office, and who casts its votes."""

    group: Consortium
    lead: Actor
    voters: tuple[Actor, ...]

    def resolve(self, case: Case) -> Any:
        """Put a case to the leading group, let everybody agree, and return the case as it is then."""
        taken(case, "put", self.lead)
        with scope(self.lead):
            motion = case_types["motion"].model._default_manager.filter(about=case.pk).latest("pk")  # type: ignore[misc]
        motion = taken(motion, "put", self.lead)
        for voter in self.voters:
            with scope(voter):
                seats = lookups["vote-seat"].search(voter, "", "", {"case": str(motion.pk)})
            for seat in seats:
                motion = taken(motion, "vote_seat", voter, seat=seat.value, ballot="for")
        taken(motion, "count", self.lead)
        with scope(self.lead):
            return case_types[case.kind].model._default_manager.get(pk=case.pk)


def bring_leading_group(founder: Founder) -> Leading:
    """Found the leading group with a head from the lead and from two members (S0 范本二 2.2)."""
    group = Consortium.objects.get(name=CITY_GROUP)
    lead = founder.office[group.lead_id]
    voters = (lead, founder.at("chinese"), founder.at("donghu"))
    seats = [row(_person(one), "member" if number else "chair", "院长") for number, one in enumerate(voters)]
    answers = {"consortium": group.pk, "sort": "leading", "name": "医疗集团领导小组", "since_on": date(2024, 3, 1),
               "decision": "医疗集团成立大会决定", "seats": seats}  # fmt: skip
    taken(opened("body", lead, **answers), "found", lead)
    return Leading(group, lead, voters)


def _person(at: Actor) -> Practitioner:
    return Practitioner.objects.filter(institution=at.institution_id, ended_on=None).order_by("pk")[0]


def bring_projects(founder: Founder, leading: Leading, today: date) -> None:
    """Apply for four projects and bring them to where they stand today."""
    mother, chinese, donghu, hubin = (founder.at(key) for key in ("mother", "chinese", "donghu", "hubin"))
    with clock.standing_at(clock.now() - timedelta(days=DECIDED_DAYS_AGO)):
        done = _running(leading, donghu, hubin, "影像报告互认培训", "training", ((20, 60),), "3000")
        runs = _running(leading, mother, chinese, CHEST, "emergency", ((0, 90), (60, 200), (150, 330)), "86000")
        late = _running(leading, chinese, hubin, STROKE, "technique", ((0, 80), (80, 260)), "24000")
    done = _finished(leading.lead, done, donghu)
    _advanced(runs, mother, today)
    clockwork = system_actor("系统时钟", chinese.institution_id, chinese.institution_name)
    taken(late, "fall_behind", clockwork)
    waiting = opened(
        "project", hubin, **_application(leading, hubin, mother, "家医签约人员联合培训", "training", "5200")
    )
    taken(waiting, "submit", hubin)


def _application(leading: Leading, by: Actor, partner: Actor, subject: str, area: str, budget: str) -> dict[str, Any]:
    today = clock.today()
    return {
        "consortium": leading.group.pk, "subject": subject, "area": area, "budget": budget, "funding": "医院自筹",
        "goals": f"{subject}按期建成并通过验收。", "content": "人员互派、共同培训、统一流程。",
        "expected": "形成统一流程与年度总结。", "partners": [partner.institution_id], "principal": _person(by).pk,
        "starts_on": today, "ends_on": today + timedelta(days=360),
    }  # fmt: skip


def _running(
    leading: Leading, by: Actor, partner: Actor, subject: str, area: str, spans: Iterable[tuple[int, int]], budget: str
) -> Case:
    """Bring a project from its application to a confirmed plan with milestones over these days."""
    case = taken(opened("project", by, **_application(leading, by, partner, subject, area, budget)), "submit", by)
    case = taken(case, "join", partner)
    case = leading.resolve(taken(case, "pass_on", leading.lead, screening="目标明确，预算合理。"))
    today, names = clock.today(), ("制定方案", "人员培训与运行", "总结验收")
    schedule = [
        {"title": name, "starts_on": today + timedelta(days=first), "due_on": today + timedelta(days=last),
         "responsible": _person(by).pk, "measure": "双方签字确认"}
        for name, (first, last) in zip(names, spans, strict=False)
    ]  # fmt: skip
    case = taken(case, "submit_plan", by, schedule=schedule, costs=[{"title": "培训与耗材", "amount": budget}])
    return taken(case, "confirm_plan", leading.lead)


def _reported(case: Any, by: Actor, done_on: date) -> Any:
    with scope(by):
        first = case.milestones.filter(done_on=None, dropped_by=0).earliest("due_on").pk
    return taken(case, "report", by, milestone=first, done_on=done_on, result="已完成，双方签字。")


def _finished(lead: Actor, case: Case, by: Actor) -> Case:
    with clock.standing_at(clock.now() - timedelta(days=DECIDED_DAYS_AGO // 2)):
        case = taken(_reported(case, by, clock.today()), "finish", by, summary="培训四期，参训六十余人。")
        return taken(case, "evaluate", lead, **MARKS, feedback="成效明显，建议推广。")


def _advanced(case: Any, by: Actor, today: date) -> None:
    """Report the first milestone of a running project and enter what was spent."""
    with clock.standing_at(clock.now() - timedelta(days=40)):
        case = _reported(case, by, today - timedelta(days=42))
        with scope(by):
            line = case.lines.get().pk
        taken(case, "spend", by, line=line, amount="31500.00", spent_on=today - timedelta(days=45), what="监护设备")
