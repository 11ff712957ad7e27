"""The cast of project stories: a lead, two members and a stranger, with people in the register."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from tests.world import CITY, COUNTY, ELSEWHERE, TOWNSHIP, World
from yilian.domains.project.models import Project
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow.refusals import Refused
from yilian.registry.models import Consortium, Institution, Membership, Practitioner
from yilian.registry.models.consortium import ConsortiumKind, MemberRole

SINCE = date(2020, 1, 1)
OTHER = "江城市中医医院"
MARKS = {"mark_goals": 90, "mark_results": 80, "mark_spending": 70, "mark_cooperation": 60, "feedback": "按期完成。"}


@dataclass
class Cast:
    world: World
    group: Consortium
    lead: Actor
    chief: Actor
    county: Actor
    township: Actor
    other: Actor
    stranger: Actor

    def person(self, at: Actor) -> Practitioner:
        place = Institution.objects.get(pk=at.institution_id)
        return Practitioner.objects.filter(institution=place).first() or Practitioner.objects.create(
            institution=place, name=f"{place.name}负责人", profession="physician"
        )

    def draft(self, by: Actor | None = None, **other: Any) -> Project:
        by, today = by or self.county, clock.today()
        answers = {
            "consortium": self.group.pk, "subject": "胸痛中心共建", "area": "technique", "goals": "建成胸痛单元",
            "content": "派驻与培训", "expected": "通过验收", "partners": [self.township.institution_id],
            "principal": self.person(by).pk, "starts_on": today, "ends_on": today + timedelta(days=200),
            "budget": "1000.50",
        }  # fmt: skip
        return self.world.open("project", by=by, **answers | other)

    def take(self, case: Project, verb: str, by: Actor, **answers: Any) -> Project:
        return self.world.take(case, verb, by=by, **answers)

    def refused(self, case: Project, verb: str, by: Actor, **answers: Any) -> str:
        with pytest.raises(Refused) as caught:
            self.take(case, verb, by, **answers)
        return str(caught.value)

    def screened(self, **other: Any) -> Project:
        """Bring a project before those who decide."""
        case = self.take(self.draft(**other), "submit", self.county)
        case = self.take(case, "join", self.township)
        return self.take(case, "pass_on", self.lead, screening="符合条件")

    def plan(self, *days: int, costs: tuple[tuple[str, str], ...] = (("设备", "600.50"), ("培训", "400"))) -> Any:
        """Return a plan with a milestone that ends after each of these days."""
        today, person = clock.today(), self.person(self.county)
        schedule = [
            {"title": f"任务{day}", "starts_on": today, "due_on": today + timedelta(days=day),
             "responsible": person.pk, "measure": "验收"}
            for day in days
        ]  # fmt: skip
        return {"schedule": schedule, "costs": [{"title": title, "amount": amount} for title, amount in costs]}

    def running(self, *days: int) -> Project:
        """Bring a project into execution with milestones that end after these days."""
        case = self.take(self.screened(), "approve", self.chief, decided_by="院长办公会")
        case = self.take(case, "submit_plan", self.county, **self.plan(*days or (30, 60)))
        return self.take(case, "confirm_plan", self.lead)

    def report(self, case: Project, title: str, by: Actor | None = None) -> Project:
        with scope(self.lead):
            key = case.milestones.get(title=title, dropped_by=0).pk
        done = {"done_on": clock.today(), "result": "已完成验收"}
        return self.take(case, "report", by or self.county, milestone=key, **done)

    def line(self, case: Project, title: str) -> int:
        with scope(self.lead):
            return case.lines.get(title=title).pk


@pytest.fixture
def cast(world: World, settings, tmp_path) -> Cast:
    settings.MEDIA_ROOT = tmp_path / "documents"
    return make_cast(world)


def make_cast(world: World) -> Cast:
    """Found the group with its members and name somebody at each."""
    lead = world.place(CITY)
    group = Consortium.objects.create(
        name="江城市医疗集团", kind=ConsortiumKind.CITY_GROUP, lead=lead, founded_on=SINCE
    )
    Membership.objects.create(consortium=group, institution=lead, role=MemberRole.LEAD, since_on=SINCE)
    for name in (COUNTY, TOWNSHIP, OTHER):
        Membership.objects.create(consortium=group, institution=world.place(name), since_on=SINCE)
    office, chief = world.person("office", at=CITY), world.person("director", at=CITY)
    people = (world.person("office", "director", at=name) for name in (COUNTY, TOWNSHIP, OTHER, ELSEWHERE))
    return Cast(world, group, office, chief, *people)
