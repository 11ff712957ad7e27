"""Writing departments."""

from django.db import transaction

from yilian.kernel.access.actor import Actor
from yilian.registry.audited import audit
from yilian.registry.codes.resolving import resolve_one
from yilian.registry.models import Department, Institution
from yilian.registry.writing import Faults


def register_department(
    *, by: Actor, institution: Institution, name: str, subject: str = "", phone: str = ""
) -> Department:
    """Insert a department; `subject` is a specialty code. Raises ValidationError."""
    faults = Faults()
    department = Department(
        institution=institution,
        name=name.strip(),
        phone=phone,
        subject=resolve_one("specialty", subject, faults, field="subject"),
    )
    faults.of(department)
    faults.refuse()
    with transaction.atomic():
        department.save(force_insert=True)
        audit(by, "registered", department)
    return department
