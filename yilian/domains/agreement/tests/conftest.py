"""A city group of three with an agreement under way, and short ways to tell what its parties do."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from tests.world import CITY, COUNTY, ELSEWHERE, TOWNSHIP, World
from yilian.domains.agreement.models import Agreement, Clause
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow.refusals import Refused
from yilian.registry.models import Consortium, Membership
from yilian.registry.models.consortium import ConsortiumKind, MemberRole

SINCE = date(2020, 1, 1)


@dataclass
class Table:
    """The group, its people and their acts."""

    world: World
    group: Consortium
    lead: Actor
    county: Actor
    township: Actor
    stranger: Actor

    def draft(self, *, by: Actor | None = None, **other: Any) -> Agreement:
        """Draft an agreement of the lead with the county; `other` replaces or adds answers."""
        today = clock.today()
        answers = {
            "subject": "双向转诊协议", "consortium": self.group.pk, "partners": [self.county.institution_id],
            "template": "referral", "begins_on": today, "ends_on": today + timedelta(days=364),
        }  # fmt: skip
        return self.world.open("agreement", by=by or self.lead, **answers | other)

    def proposed(self, **other: Any) -> Agreement:
        draft = self.draft(**other)
        return self.world.take(draft, "propose", by=self.lead)

    def final(self, *partners: Actor, **other: Any) -> Agreement:
        """Let everybody agree to the text and make it final."""
        row = self.proposed(**other)
        for actor in partners or (self.county,):
            row = self.world.take(row, "approve", by=actor)
        return self.world.take(row, "finalise", by=self.lead)

    def signed(self, *partners: Actor, **other: Any) -> Agreement:
        """Let everybody sign."""
        row = self.final(*partners, **other)
        for actor in (self.lead, *(partners or (self.county,))):
            row = self.world.take(row, "sign", by=actor, manner="typed", signer=actor.name)
        return row

    def clause(self, row: Agreement, kind: str, *, by: Actor | None = None) -> Clause:
        with scope(by or self.lead):
            return Clause.objects.filter(case=row.pk, kind=kind, is_dropped=False).first()

    def revise(
        self, row: Agreement, clause: Clause, *, by: Actor, read: int = 1, text: str = "", **terms: Any
    ) -> Agreement:
        """Change a clause in text or values."""
        said = json.dumps({**clause.terms, **terms})
        return self.world.take(
            row, "revise", by=by, clause=clause.pk, read=read, clause_title=clause.title,
            clause_text=text or clause.text, terms=said,
        )  # fmt: skip

    def refused(self, row: Agreement, verb: str, *, by: Actor, **answers: Any) -> str:
        """Take a step that must be refused and return the sentences."""
        with pytest.raises(Refused) as caught:
            self.world.take(row, verb, by=by, **answers)
        return " ".join(reason.text for reason in caught.value.reasons)

    def again(self, row: Agreement, *, by: Actor | None = None) -> Agreement:
        """Return the agreement as it is now."""
        with scope(by or self.lead):
            return Agreement.objects.get(pk=row.pk)


def make_table(world: World) -> Table:
    """Furnish the world with the group and its people."""
    lead = world.place(CITY)
    group = Consortium.objects.create(
        name="江城市医疗集团", kind=ConsortiumKind.CITY_GROUP, lead=lead, founded_on=SINCE
    )
    Membership.objects.create(consortium=group, institution=lead, role=MemberRole.LEAD, since_on=SINCE)
    for name in (COUNTY, TOWNSHIP):
        Membership.objects.create(consortium=group, institution=world.place(name), since_on=SINCE)
    people = (world.person("office", "director", at=name) for name in (CITY, COUNTY, TOWNSHIP, ELSEWHERE))
    return Table(world, group, *people)


@pytest.fixture
def table(world: World) -> Table:
    """The group in a database that rolls back."""
    return make_table(world)
