"""Writing institutions: registration, changes and the end of one."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from yilian.kernel.access.actor import Actor
from yilian.registry import pinyin
from yilian.registry.audited import audit
from yilian.registry.codes.resolving import resolve
from yilian.registry.models import Code, Institution
from yilian.registry.statements import note_statements
from yilian.registry.unified_code import UnifiedCodeError, read_unified_code
from yilian.registry.writing import Faults, set_facts

FACTS = (
    "name", "short_name", "unified_code", "licence_number", "category", "grade", "ownership", "economic_type",
    "affiliation", "is_authority", "region", "address", "phone", "latitude", "longitude", "beds", "founded_on",
    "licensed_on", "legal_representative", "has_outpatient", "has_inpatient", "has_medical_office",
    "has_nursing_office", "has_infection_office", "has_pharmacy_office",
)  # fmt: skip
CODED = {"category": "institution-category", "economic_type": "economic-type"}


def register_institution(*, by: Actor, subjects: Iterable[str] = (), **facts: Any) -> Institution:
    """Insert an institution; `subjects` are codes of the specialty system. Raises ValidationError with every fault."""
    institution = Institution()
    with transaction.atomic():
        set_facts(institution, facts, allowed=FACTS)
        codes = _check(institution, subjects)
        institution.save(force_insert=True)
        institution.subjects.set(codes)
        note_statements(institution, [fact for fact in facts if facts[fact] not in (None, "")], by=by)
        audit(by, "registered", institution)
    return institution


def change_institution(
    institution: Institution, *, by: Actor, subjects: Iterable[str] | None = None, **facts: Any
) -> list[str]:
    """Change facts of an institution and return their names; `subjects` None leaves them. Raises ValidationError."""
    with transaction.atomic():
        changed = set_facts(institution, facts, allowed=FACTS)
        codes = _check(institution, subjects or ())
        if subjects is not None and {code.pk for code in codes} != set(
            institution.subjects.values_list("pk", flat=True)
        ):
            institution.subjects.set(codes)
            changed.append("subjects")
        if changed:
            institution.save()
            note_statements(institution, changed, by=by)
            audit(by, "changed", institution, detail={"facts": changed})
    return changed


def end_institution(
    institution: Institution, *, by: Actor, on: date, ending: str, successors: Iterable[Institution] = ()
) -> None:
    """Let an institution end by split, merger, dissolution or bankruptcy. Raises ValidationError."""
    faults = Faults()
    if institution.ended_on:
        faults.add("ended_on", _("该机构已于%(on)s终止") % {"on": institution.ended_on})
    if institution.founded_on and on < institution.founded_on:
        faults.add("ended_on", _("终止日期早于成立日期"))
    faults.refuse()
    with transaction.atomic():
        institution.ended_on, institution.ending = on, ending
        faults.of(institution)
        faults.refuse()
        institution.save(update_fields=["ended_on", "ending"])
        institution.successors.set(successors)
        audit(by, "ended", institution, detail={"ending": ending, "on": on})


def _check(institution: Institution, subjects: Iterable[str]) -> list[Code]:
    """Fill what follows from other facts, test everything, and return the codes of the subjects."""
    faults = Faults()
    institution.name = (institution.name or "").strip()
    institution.pinyin = pinyin.full(institution.name)[:500]
    institution.initials = pinyin.initials(institution.name)[:120]
    institution.unified_code = _unified_code(institution.unified_code, faults)
    institution.licence_number = institution.licence_number or None
    for field, system in CODED.items():
        resolve(system, [getattr(institution, field)], faults, field=field)
    if institution.founded_on and institution.licensed_on and institution.licensed_on < institution.founded_on:
        faults.add("licensed_on", _("执业许可日期早于成立日期"))
    codes = resolve("specialty", subjects, faults, field="subjects")
    faults.of(institution)
    faults.refuse()
    return codes


def _unified_code(text: str | None, faults: Faults) -> str | None:
    if not text:
        return None
    try:
        return read_unified_code(text)
    except UnifiedCodeError as fault:
        faults.add("unified_code", str(fault))
        return text
