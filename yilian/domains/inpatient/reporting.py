"""Writing down who lies in which bed, as the institution reports it: once per admission number, however often told."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from yilian.domains.inpatient import marking
from yilian.domains.inpatient.models import MarkSource, Stay
from yilian.domains.inpatient.models.stay import VITAL_SIGNS
from yilian.kernel import audit, clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.imports.sheet import Saved
from yilian.registry import known
from yilian.registry.models.patient import IdentityKind, Patient
from yilian.registry.patients import register_patient
from yilian.registry.patients.keys import fold
from yilian.registry.writing import Faults, set_facts

REPORTERS = ("registrar", "reception", "doctor", "nursing")
"""Who may report the in-patients of their own institution."""
READERS = (*REPORTERS, "office", "director", "quality")
"""Who reads them, always those of their own institution only."""
FACTS = (
    "department", "bed", "diagnosis", "diagnosis_name", "attending_name", "admitted_on", "discharged_on",
    "family_institution", "medicines", "observed_at", *VITAL_SIGNS,
)  # fmt: skip
LIMITS = {
    "temperature": (25, 45), "pulse": (0, 300), "respiration": (0, 120), "systolic": (0, 350), "diastolic": (0, 250),
    "oxygen_saturation": (0, 100),
}  # fmt: skip
"""Lowest and highest value that is no slip of the pen, as a referral asks for them."""


@dataclass(frozen=True)
class Said:
    """What a report says beside the facts: the indications that are met and those that are not, by their numbers."""

    met: Mapping[int, str]
    unmet: Mapping[int, str]


NOTHING_SAID = Said({}, {})


def report_stay(
    *,
    by: Actor,
    admission_number: str,
    person: Mapping[str, Any] | Patient,
    source: str,
    said: Said = NOTHING_SAID,
    **facts: Any,
) -> tuple[Stay, Saved]:
    """Insert a stay of the acting institution or bring it up to date; return it with what came of it.

    `person` is a patient known to the institution, or what `register_patient` takes (name, identity_number, …); a
    person with a known identity number is joined. A number that is known keeps its patient, whose name must agree.
    Facts: see FACTS; those not named stay.
    Raises ValidationError with every fault beside its field.
    """
    number = admission_number.strip()
    with transaction.atomic():
        stay = _locked(number, by)
        is_new = stay is None
        stay = stay or Stay(institution_id=by.institution_id, admission_number=number, source=source)
        changed = set_facts(stay, facts, allowed=FACTS)
        _check(stay, by)
        stay.patient = _same_person(stay, person) if not is_new else _person(person, by)
        if is_new or changed:
            _write(stay, by, source, is_new=is_new)
        marked = marking.mark_all(stay, said.met, said.unmet, by=by, source=MarkSource.REPORT)
        marking.end_with_the_stay(stay)
    if is_new or changed:
        audit.record(by, "reported_stays", object_kind="stay", object_id=str(stay.pk))
    if is_new:
        return stay, Saved.CREATED
    return stay, Saved.UPDATED if changed or marked else Saved.UNCHANGED


def _locked(number: str, by: Actor) -> Stay | None:
    rows = Stay.objects.select_for_update(of=("self",)).select_related("patient", "department")
    return rows.filter(institution_id=by.institution_id, admission_number=number).first()


def _write(stay: Stay, by: Actor, source: str, *, is_new: bool) -> None:
    stay.source, stay.reporter_name, stay.reported_at = source, by.name, clock.now()
    stay.version += 0 if is_new else 1
    try:
        with transaction.atomic():
            stay.save(force_insert=is_new)
    except IntegrityError as clash:
        text = _("住院号 {number} 刚被他人报告，请重新报告一次").format(number=stay.admission_number)
        raise ValidationError({"admission_number": [text]}) from clash


def _person(person: Mapping[str, Any] | Patient, by: Actor) -> Patient:
    if isinstance(person, Patient):
        return person
    return register_patient(by=by, **{"identity_kind": IdentityKind.RESIDENT, **person})[0]


def _same_person(stay: Stay, person: Mapping[str, Any] | Patient) -> Patient:
    """Return the patient of a stay that is known; raises ValidationError when the report names somebody else."""
    name = person.name if isinstance(person, Patient) else str(person.get("name", ""))
    if fold(name) != fold(stay.patient.name):
        raise ValidationError({"name": [_("该住院号已登记为另一位患者，请核对住院号或姓名")]})
    return stay.patient


def _check(stay: Stay, by: Actor) -> None:
    faults = Faults()
    if stay.department_id and known_place(stay.department_id) != by.institution_id:
        faults.add("department", _("科室应为本机构的科室"))
    today = clock.today()
    for name in ("admitted_on", "discharged_on"):
        day = getattr(stay, name)
        if day is not None and day > today:
            faults.add(name, _("日期应不晚于今天"))
    if stay.discharged_on and stay.admitted_on and stay.discharged_on < stay.admitted_on:
        faults.add("discharged_on", _("出院日期应不早于入院日期"))
    for name, (low, high) in LIMITS.items():
        value = getattr(stay, name)
        if value is not None and not low <= value <= high:
            faults.add(name, _("应在 {low} 与 {high} 之间").format(low=low, high=high))
    faults.of(stay, exclude=("patient", "reporter_name", "reported_at", "institution"), ask_database=False)
    faults.refuse()


def known_place(department_id: int) -> int | None:
    """Return the institution of a department."""
    found = known.department(department_id)
    return found.institution_id if found else None
