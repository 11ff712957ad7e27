"""The people and places of the stories: a township, a county, a city, an office, an authority and a stranger."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest

from tests.world import AUTHORITY, CITY, COUNTY, ELSEWHERE, TOWNSHIP, World
from yilian.domains.referral.models import Referral
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow.refusals import Refused
from yilian.registry.models import Consortium, Institution, Membership, Patient, Region
from yilian.registry.models.consortium import ConsortiumKind, MemberRole
from yilian.registry.models.institution import Grade
from yilian.registry.models.region import RegionLevel
from yilian.registry.patients import register_patient

SINCE = date(2020, 1, 1)
IDENTITY = "420121195703010028"
REGIONS = (("420000", "楚江省", RegionLevel.PROVINCE), ("420100", "江城市", RegionLevel.CITY),
           ("420121", "北岭县", RegionLevel.COUNTY))  # fmt: skip
PLACES = {
    TOWNSHIP: (Grade.LEVEL_1_A, "420121"),
    COUNTY: (Grade.LEVEL_2_A, "420121"),
    CITY: (Grade.LEVEL_3_A, "420100"),
    ELSEWHERE: (Grade.LEVEL_3_A, "420000"),
}


@dataclass
class Cast:
    """Everybody of the stories, the patient, and short ways to tell them."""

    world: World
    township: Actor
    township_desk: Actor
    county: Actor
    county_desk: Actor
    city: Actor
    city_desk: Actor
    office: Actor
    authority: Actor
    stranger: Actor
    patient: Patient
    answers: dict[str, Any] = field(default_factory=dict)

    def draft(self, **changes: Any) -> Referral:
        """Open a complete draft of the township's doctor, with some answers changed."""
        return self.world.open("referral", by=self.township, **{**self.answers, **changes})

    def sent(self, **changes: Any) -> Referral:
        return self.take(self.draft(**changes), "send", by=self.township)

    def take(self, referral: Referral, verb: str, *, by: Actor, **rest: Any) -> Referral:
        return self.world.take(referral, verb, by=by, **rest)

    def fresh(self, referral: Referral, by: Actor | None = None) -> Referral:
        """Read the referral again as somebody who sees it."""
        with scope(by or self.township):
            return Referral.objects.get(pk=referral.pk)

    def walk(self, referral: Referral, *steps: tuple[str, Actor, dict[str, Any]]) -> Referral:
        """Take several steps one after the other."""
        for verb, actor, given in steps:
            referral = self.take(referral, verb, by=actor, **given)
        return referral


def appointment(days: int = 2) -> dict[str, Any]:
    start = clock.now() + timedelta(days=days)
    return {
        "appointment_start": start,
        "appointment_end": start + timedelta(hours=1),
        "appointment_place": "门诊楼三层",
    }


ARRIVAL = {"encounter_class": "inpatient", "encounter_number": "ZY20260001"}
FEEDBACK = {
    "discharge_diagnosis": "I21",
    "discharge_summary": "急性心肌梗死，支架术后",
    "main_results": "冠脉造影：前降支近段重度狭窄",
    "treatment_given": "行冠脉介入治疗，植入支架一枚",
    "next_plan": "双联抗血小板，四周后复查，社区康复训练",
    "outcome": "improved",
}


def refused(cast: Cast, referral: Referral, verb: str, by: Actor, **answers: Any) -> str:
    """Take a step that must be refused and return the sentences."""
    with pytest.raises(Refused) as caught:
        cast.take(referral, verb, by=by, **answers)
    return " ".join(reason.text for reason in caught.value.reasons)


def _furnish(world: World) -> None:
    """Set up regions, places and two consortia: a county community and the city's group."""
    for code, name, level in REGIONS:
        Region.objects.create(code=code, name=name, level=level)
    for name, (grade, region) in PLACES.items():
        world.place(name, grade=grade, region_id=region)
    world.place(AUTHORITY, is_authority=True, region_id="420100")
    county, city = world.place(COUNTY), world.place(CITY)
    _consortium("北岭县医共体", ConsortiumKind.COUNTY_COMMUNITY, county, world.place(TOWNSHIP))
    _consortium("江城市医疗集团", ConsortiumKind.CITY_GROUP, city, county, world.place(TOWNSHIP))


def _consortium(name: str, kind: str, lead: Institution, *members: Institution) -> None:
    made = Consortium.objects.create(name=name, kind=kind, lead=lead, founded_on=SINCE)
    Membership.objects.create(consortium=made, institution=lead, role=MemberRole.LEAD, since_on=SINCE)
    for member in members:
        Membership.objects.create(consortium=made, institution=member, since_on=SINCE)


def make_cast(world: World) -> Cast:
    """Furnish the world and return its people."""
    _furnish(world)
    township = world.person("doctor", at=TOWNSHIP)
    patient, _ = register_patient(by=township, name="冯东桂", identity_number=IDENTITY)
    cast = Cast(
        world=world,
        township=township,
        township_desk=world.person("reception", at=TOWNSHIP),
        county=world.person("doctor", at=COUNTY),
        county_desk=world.person("reception", at=COUNTY),
        city=world.person("doctor", at=CITY),
        city_desk=world.person("reception", at=CITY),
        office=world.person("office", at=CITY),
        authority=world.person("authority", at=AUTHORITY),
        stranger=world.person("doctor", "reception", "office", at=ELSEWHERE),
        patient=patient,
    )
    cast.answers = {
        "patient": patient.pk,
        "direction": "up",
        "priority": "2",
        "destination": "network",
        "receiver": cast.county.institution_id,
        "up_reason": "beyond_capability",
        "diagnosis": "I20",
        "impression": "不稳定型心绞痛",
        "present_history": "反复胸痛三天，加重两小时",
        "treatment": "予硝酸甘油舌下含服",
        "consent_choice": "agree",
        "consent_by": "冯东桂",
        "consent_relation": "0",
        "consent_told_by": township.name,
        "consent_told_at": clock.now() - timedelta(minutes=10),
        "contact_phone": "0700-1234567",
    }
    return cast
