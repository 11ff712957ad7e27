"""Writing practitioners."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from yilian.kernel.access.actor import Actor
from yilian.registry import pinyin
from yilian.registry.audited import audit
from yilian.registry.codes.resolving import resolve_one
from yilian.registry.models import Practitioner
from yilian.registry.writing import Faults, set_facts

FACTS = (
    "institution", "department", "user", "name", "staff_number", "licence_code", "profession", "is_assistant", "title",
    "rank", "licensed_on", "ended_on",
)  # fmt: skip


def register_practitioner(*, by: Actor, subject: str = "", **facts: Any) -> Practitioner:
    """Insert a practitioner; `subject` is a specialty code. Raises ValidationError with every fault."""
    practitioner = Practitioner()
    set_facts(practitioner, facts, allowed=FACTS)
    _check(practitioner, subject)
    with transaction.atomic():
        practitioner.save(force_insert=True)
        audit(by, "registered", practitioner)
    return practitioner


def change_practitioner(
    practitioner: Practitioner, *, by: Actor, subject: str | None = None, **facts: Any
) -> list[str]:
    """Change facts of a practitioner and return their names; `subject` None leaves it. Raises ValidationError."""
    before = practitioner.subject_id
    changed = set_facts(practitioner, facts, allowed=FACTS)
    present = practitioner.subject.code if practitioner.subject else ""
    _check(practitioner, present if subject is None else subject)
    if practitioner.subject_id != before:
        changed.append("subject")
    if changed:
        with transaction.atomic():
            practitioner.save()
            audit(by, "changed", practitioner, detail={"facts": changed})
    return changed


def _check(practitioner: Practitioner, subject: str) -> None:
    faults = Faults()
    practitioner.name = (practitioner.name or "").strip()
    practitioner.initials = "".join(part[0] for part in pinyin.readings(practitioner.name)[0])[:60]
    practitioner.licence_code = practitioner.licence_code or None
    code = practitioner.licence_code
    if code and not (len(code) == 15 and code.isascii() and code.isdigit()):
        faults.add("licence_code", _("执业证书编码应为15位数字"))
    practitioner.subject = resolve_one("specialty", subject, faults, field="subject")
    department = practitioner.department
    if department and department.institution_id != practitioner.institution_id:
        faults.add("department", _("所选科室不属于该机构"))
    faults.of(practitioner)
    faults.refuse()
