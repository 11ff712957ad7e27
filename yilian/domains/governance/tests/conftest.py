"""A city group of four members that votes, a second group, and short ways to tell what they do."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from tests.world import CITY, COUNTY, ELSEWHERE, TOWNSHIP, World
from yilian.domains.governance.models import Ballot, Motion
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow.refusals import Refused
from yilian.registry.models import Consortium, Membership
from yilian.registry.models.consortium import ConsortiumKind, MemberRole

SINCE = date(2020, 1, 1)
CHINESE = "江城市中医医院"


@dataclass
class Council:
    """The group, its people and their acts."""

    world: World
    group: Consortium
    lead: Actor
    township: Actor
    county: Actor
    chinese: Actor
    stranger: Actor

    @property
    def everybody(self) -> tuple[Actor, ...]:
        return (self.lead, self.township, self.county, self.chinese)

    def draft(self, *, by: Actor | None = None, **other: Any) -> Motion:
        """Open an ordinary motion; `other` replaces or adds answers."""
        answers = {
            "consortium": self.group.pk, "subject": "设立医疗质量工作组", "text": "由各成员单位各派一人。",
            "matter": "ordinary",
        }  # fmt: skip
        return self.world.open("motion", by=by or self.lead, **answers | other)

    def put(self, **other: Any) -> Motion:
        return self.world.take(self.draft(**other), "put", by=self.lead)

    def vote(self, motion: Motion, *votes: tuple[Actor, str]) -> Motion:
        """Cast ballots one after the other."""
        for actor, choice in votes:
            reason = {"recusal": "本单位为合同相对方"} if choice == "recuse" else {}
            motion = self.world.take(motion, "vote", by=actor, ballot=choice, **reason)
        return motion

    def passed(self, **other: Any) -> Motion:
        """Put a motion on which everybody agrees, and count."""
        motion = self.vote(self.put(**other), *((actor, "for") for actor in self.everybody))
        return self.world.take(motion, "count", by=self.lead)

    def ballots(self, motion: Motion, by: Actor) -> list[tuple[str, str]]:
        """Return (institution, choice) of every ballot that somebody sees."""
        with scope(by):
            return list(Ballot.objects.filter(case=motion.pk).order_by("pk").values_list("institution__name", "choice"))

    def refused(self, motion: Motion, verb: str, *, by: Actor, **answers: Any) -> str:
        """Take a step that must be refused and return the sentences."""
        with pytest.raises(Refused) as caught:
            self.world.take(motion, verb, by=by, **answers)
        return " ".join(reason.text for reason in caught.value.reasons)

    def leaves(self, actor: Actor, day: date) -> None:
        """End the membership of somebody's institution; the day is its last."""
        Membership.objects.filter(consortium=self.group, institution=actor.institution_id).update(until_on=day)


def consortium(world: World, name: str, lead: str, *members: str) -> Consortium:
    """Found a city group that has stood since long."""
    row = Consortium.objects.create(name=name, kind=ConsortiumKind.CITY_GROUP, lead=world.place(lead), founded_on=SINCE)
    Membership.objects.create(consortium=row, institution=row.lead, role=MemberRole.LEAD, since_on=SINCE)
    for member in members:
        Membership.objects.create(consortium=row, institution=world.place(member), since_on=SINCE)
    return row


def make_council(world: World) -> Council:
    """Furnish the world with the group and its people."""
    group = consortium(world, "江城市医疗集团", CITY, TOWNSHIP, COUNTY, CHINESE)
    people = (world.person("office", "director", at=name) for name in (CITY, TOWNSHIP, COUNTY, CHINESE, ELSEWHERE))
    return Council(world, group, *people)


@pytest.fixture
def council(world: World) -> Council:
    """The group in a database that rolls back."""
    return make_council(world)
