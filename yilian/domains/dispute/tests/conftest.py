"""The cast of disputes: a lead who mediates, two members at odds, a third and a stranger."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from tests.world import CITY, COUNTY, ELSEWHERE, TOWNSHIP, World
from yilian.domains.dispute.models import Dispute
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow.case_type import case_types
from yilian.kernel.workflow.lookups import lookups
from yilian.kernel.workflow.refusals import Refused
from yilian.registry.models import Consortium, Membership, Practitioner
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

    def referred(self) -> Dispute:
        """Bring a dispute to where it waits to be decided."""
        return self.take(self.mediated(), "refer", self.township)

    def seated(self, *places: str) -> None:
        """Found the body that settles disputes, with somebody of each place in its seats."""
        people = [
            Practitioner.objects.create(institution=self.world.place(place), name=f"委员{number}", profession="other")
            for number, place in enumerate(places)
        ]
        seats = [{"position": "member" if at else "chair", "person": one.pk} for at, one in enumerate(people)]
        answers = {"consortium": self.group.pk, "sort": "disputes", "name": "纠纷解决机构", "since_on": SINCE,
                   "decision": "联席会议决定", "seats": seats}  # fmt: skip
        self.take(self.world.open("body", by=self.lead, **answers), "found", self.lead)

    def voted(self, case: Dispute, choice: str, *voters: Actor) -> Any:
        """Put the motion about a dispute to the vote, let these vote the same way, and count."""
        with scope(self.lead):
            motion = case_types["motion"].model.objects.filter(about=case.pk).latest("pk")
        motion = self.take(motion, "put", self.lead)
        for voter in voters:
            with scope(voter):
                (seat,) = lookups["vote-seat"].search(voter, "", "", {"case": str(motion.pk)})
            motion = self.take(motion, "vote_seat", voter, seat=seat.value, ballot=choice)
        return self.take(motion, "count", self.lead)

    def again(self, case: Dispute) -> Dispute:
        with scope(self.lead):
            return Dispute.objects.get(pk=case.pk)

    def proposed(self) -> Dispute:
        return self.take(self.mediated(), "propose", self.lead, proposal="明年补足两名", effect="第三条增加补足条款")


def make_cast(world: World) -> Cast:
    """Register a group of a lead and three members, and somebody of each who may act; one is a stranger to it."""
    lead = world.place(CITY)
    group = Consortium.objects.create(
        name="江城市医疗集团", kind=ConsortiumKind.CITY_GROUP, lead=lead, founded_on=SINCE
    )
    Membership.objects.create(consortium=group, institution=lead, role=MemberRole.LEAD, since_on=SINCE)
    for name in (COUNTY, TOWNSHIP, OTHER):
        Membership.objects.create(consortium=group, institution=world.place(name), since_on=SINCE)
    places = (CITY, COUNTY, TOWNSHIP, OTHER, ELSEWHERE)
    return Cast(world, group, *(world.person("office", "director", at=name) for name in places))


@pytest.fixture
def cast(world: World, settings, tmp_path) -> Cast:
    settings.MEDIA_ROOT = tmp_path / "documents"
    return make_cast(world)
