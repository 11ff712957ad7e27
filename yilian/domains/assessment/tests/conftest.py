"""A city group and an alliance with their authority, and a period brought to wherever a story begins."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from tests.world import AUTHORITY, CITY, COUNTY, ELSEWHERE, TOWNSHIP, World
from yilian.domains.assessment.models import AssessmentPeriod, Sheet, SheetState
from yilian.domains.assessment.schemes import BY_HAND
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.scope import scope
from yilian.registry.models import Consortium, Membership
from yilian.registry.models.consortium import ConsortiumKind, MemberRole

SINCE = date(2020, 1, 1)
YEAR = {"first_on": date(2025, 1, 1), "last_on": date(2025, 12, 31)}
GOOD = {"grades": "full", "match": "yes", "veto": "no"}
BAD = {"grades": "none", "match": "no", "veto": "no"}


@dataclass
class Cast:
    world: World
    group: Consortium
    alliance: Consortium
    lead: Actor
    county: Actor
    township: Actor
    authority: Actor
    stranger: Actor

    def draft(self, consortium: Consortium | None = None, **other: Any) -> AssessmentPeriod:
        answers = {"consortium": (consortium or self.group).pk, **YEAR} | other
        return self.world.open("assessment_period", by=self.lead, **answers)

    def take(self, case: Any, verb: str, by: Actor, **answers: Any) -> Any:
        return self.world.take(case, verb, by=by, **answers)

    def started(self, consortium: Consortium | None = None) -> AssessmentPeriod:
        return self.take(self.draft(consortium), "start", self.lead)

    def locked(self, consortium: Consortium | None = None) -> AssessmentPeriod:
        return self.take(self.started(consortium), "lock", self.lead, gaps_note="试运行期间部分指标尚无记录")

    def sheet(self, member: Actor) -> Sheet:
        with scope(self.lead):
            return Sheet.objects.select_related("period").get(member=member.institution_id, state__gt="")

    def sheets(self) -> list[Sheet]:
        with scope(self.lead):
            return list(Sheet.objects.exclude(state=SheetState.CANCELLED).select_related("period").order_by("number"))

    def mark(self, sheet: Sheet, marks: dict[str, str]) -> Sheet:
        """Let the lead judge every line that people judge."""
        with scope(self.lead):
            items = sheet.period.items
        for item in items:
            if item["kind"] in BY_HAND:
                sheet = self.take(sheet, "judge", self.lead, item=item["key"], mark=marks[item["kind"]])
        return sheet

    def reviewing(self, sheet: Sheet, by: Actor) -> Sheet:
        return self.take(sheet, "submit", by, self_report="已逐项自查。")

    def drafted(self, sheet: Sheet, by: Actor, marks: dict[str, str] | None = None) -> Sheet:
        sheet = self.mark(self.reviewing(sheet, by), marks or GOOD)
        return self.take(self.take(sheet, "pass_on", self.lead), "draft", self.authority)

    def published(self, consortium: Consortium, marks: dict[str, str]) -> AssessmentPeriod:
        """Bring a whole period to its end with the same marks for everybody."""
        period = self.locked(consortium)
        people = {one.institution_id: one for one in (self.lead, self.county, self.township)}
        for sheet in self.sheets():
            by = people[sheet.member_id]
            self.take(self.drafted(sheet, by, marks), "accept", by)
        return self.take(period, "publish", self.authority)


@pytest.fixture
def cast(world: World) -> Cast:
    return make_cast(world)


def make_cast(world: World) -> Cast:
    """Furnish the world with a group and an alliance of the same three members, and return its people."""
    seat = world.authority()
    lead = world.place(CITY, region=seat.region)
    facts = {"lead": lead, "region": seat.region, "founded_on": SINCE}
    group = Consortium.objects.create(name="江城市医疗集团", kind=ConsortiumKind.CITY_GROUP, **facts)
    alliance = Consortium.objects.create(
        name="江城市心血管内科专科联盟", kind=ConsortiumKind.SPECIALTY_ALLIANCE, **facts
    )
    for consortium in (group, alliance):
        Membership.objects.create(consortium=consortium, institution=lead, role=MemberRole.LEAD, since_on=SINCE)
        for name in (COUNTY, TOWNSHIP):
            Membership.objects.create(consortium=consortium, institution=world.place(name), since_on=SINCE)
    places = (CITY, COUNTY, TOWNSHIP)
    people = [world.person("office", "director", at=name) for name in places]
    return Cast(
        world, group, alliance, *people, world.person("authority", at=AUTHORITY), world.person("office", at=ELSEWHERE)
    )
