"""In-patients of the demo: a dozen at the large hospital, some of whom a doctor holds fit to go down."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from yilian.domains.capacity.api import down_indications
from yilian.domains.inpatient.deciding import hold_unfit, look_later, mark
from yilian.domains.inpatient.models import Stay
from yilian.domains.inpatient.reporting import report_stay
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.scope import scope
from yilian.registry.models import Department, Institution, Patient

HOSPITAL = "first"
ILLNESSES = (
    ("I10", "高血压3级", "心血管内科", ("氨氯地平", "厄贝沙坦")),
    ("I63.9", "脑梗死恢复期", "神经内科", ("阿司匹林", "阿托伐他汀")),
    ("E11.9", "2型糖尿病", "内分泌科", ("二甲双胍",)),
    ("S72.0", "股骨颈骨折术后", "骨科", ()),
)  # fmt: skip
COUNT, FIT, LONGEST = 12, 8, 26


def bring_stays(place: Institution, doctors: Mapping[int, Actor], places: Mapping[str, Institution]) -> None:
    """Let the hospital report patients it knows; a doctor judges most, and decides about two of them."""
    by = doctors[place.pk]
    with scope(by):
        wards = {ward.name: ward for ward in Department.objects.filter(institution=place)}
        known = Patient.objects.filter(is_deceased=False, merged_into=None, region__isnull=False).order_by("pk")
        families = {one.region_id: one for one in places.values() if one.region_id and not one.is_authority}
        stays = [_stay(number, patient, wards, families, by) for number, patient in enumerate(known[:COUNT])]
        advice = {row["id"]: row["condition"] for row in down_indications(place.pk) if not row["diagnoses"]}
        for number, stay in enumerate(stays[:FIT]):
            _judge(stay, number, advice, by)
        if len(stays) == COUNT:
            hold_unfit(stays[1].pk, reason="treatment_goes_on", note="本周完成第二次介入治疗", by=by)
            look_later(stays[2].pk, until_on=clock.today() + timedelta(days=3), note="待复查结果", by=by)


def _stay(
    number: int, patient: Patient, wards: Mapping[str, Department], families: Mapping[Any, Institution], by: Actor
) -> Stay:
    code, name, ward, medicines = ILLNESSES[number % len(ILLNESSES)]
    now = clock.now()
    return report_stay(
        by=by, admission_number=f"ZY{now:%y}{number + 1:05d}", person=patient, source="api",
        department=wards.get(ward) or next(iter(wards.values())), bed=f"{number + 11}床", diagnosis=code,
        diagnosis_name=name,
        attending_name=by.name, admitted_on=clock.today() - timedelta(days=LONGEST - number),
        family_institution=families.get(patient.region_id) if number % 3 == 0 else None, medicines=list(medicines),
        observed_at=now - timedelta(hours=3), temperature=Decimal("36.5"), pulse=72 + number, respiration=18,
        systolic=128 + number, diastolic=78, oxygen_saturation=97,
    )[0]  # fmt: skip


def _judge(stay: Stay, number: int, advice: Mapping[int, str], by: Actor) -> None:
    """Say of one indication that it is met, some days ago, and of another that it is not."""
    first, second, *_rest = sorted(advice)
    with clock.standing_at(clock.now() - timedelta(days=FIT - number)):
        mark(stay.pk, {first: advice[first]}, {second: advice[second]} if number % 2 else {}, by=by)
