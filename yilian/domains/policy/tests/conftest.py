"""The cast of documents: three people of a lead, a reader at a member, and a stranger."""

from dataclasses import dataclass
from datetime import date

import pytest

from tests.world import CITY, COUNTY, ELSEWHERE, World
from yilian.domains.policy.models import Policy
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow.refusals import Refused
from yilian.registry.models import Consortium, Membership
from yilian.registry.models.consortium import ConsortiumKind, MemberRole

SINCE = date(2020, 1, 1)
TEXT = "第一条 转诊应在二十四小时内答复。\n第二条 本制度由医务部解释。"


@dataclass
class Cast:
    world: World
    group: Consortium
    writer: Actor
    reviewer: Actor
    director: Actor
    county: Actor
    stranger: Actor

    def draft(self, **other) -> Policy:
        answers = {
            "subject": "双向转诊管理制度", "code": "YW", "department": "医务部", "scope": "全院",
            "audience": "members", "consortium": self.group.pk, "text": TEXT,
        }  # fmt: skip
        return self.world.open("policy", by=self.writer, **answers | other)

    def publish(self, case: Policy) -> Policy:
        case = self.world.take(case, "submit", by=self.writer)
        case = self.world.take(case, "review", by=self.reviewer)
        return self.world.take(case, "publish", by=self.director)

    def refused(self, case: Policy, verb: str, by: Actor, **answers) -> str:
        with pytest.raises(Refused) as caught:
            self.world.take(case, verb, by=by, **answers)
        return str(caught.value)

    def revised(self, case: Policy, text: str) -> Policy:
        """Draft the next edition with another text."""
        case = self.world.take(case, "revise", by=self.writer, changes="缩短时限")
        with scope(self.writer):
            draft = Policy.objects.get(pk=case.successor)
        return self.world.take(draft, "edit", by=self.writer, text=text)


def make_cast(world: World) -> Cast:
    """Register a group, three people of its lead who write, review and approve, a member's doctor and a stranger."""
    group = Consortium.objects.create(
        name="江城市医疗集团", kind=ConsortiumKind.CITY_GROUP, lead=world.place(CITY), founded_on=SINCE
    )
    Membership.objects.create(consortium=group, institution=group.lead, role=MemberRole.LEAD, since_on=SINCE)
    Membership.objects.create(consortium=group, institution=world.place(COUNTY), since_on=SINCE)
    people = (world.person(role, at=CITY) for role in ("office", "quality", "director"))
    return Cast(world, group, *people, world.person("doctor", at=COUNTY), world.person("doctor", at=ELSEWHERE))


@pytest.fixture
def cast(world: World, settings, tmp_path) -> Cast:
    settings.MEDIA_ROOT = tmp_path / "documents"
    return make_cast(world)
