"""Showing what is sealed: only with a ground, and always on record."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from yilian.kernel.access.actor import Actor
from yilian.kernel.sealing import unseal
from yilian.registry.audited import audit
from yilian.registry.models import Patient
from yilian.registry.models.patient import IdentityKind
from yilian.registry.patients.numbers import ADDRESS, GUARDIAN_PHONE, IDENTITY, PHONE


def reveal(patient: Patient, *, by: Actor, ground: str) -> dict[str, str]:
    """Return numbers, phones and address in full and record who asked and why. Raises ValidationError without a ground.

    Keys: phone, address, guardian_phone, and identifier:<id> for each identifier.
    """
    reason = ground.strip()
    if not reason:
        raise ValidationError({"ground": [_("请填写查看原文的理由")]})
    shown = {
        "phone": unseal(patient.phone_sealed, context=PHONE),
        "address": unseal(patient.address_sealed, context=ADDRESS),
        "guardian_phone": unseal(patient.guardian_phone_sealed, context=GUARDIAN_PHONE),
    }
    for row in patient.identifiers.all():
        shown[f"identifier:{row.pk}"] = unseal(row.value_sealed, context=IDENTITY)
    audit(by, "revealed", patient, ground=reason, detail={"shown": sorted(key for key in shown if shown[key])})
    return shown


def reveal_numbers(patient: Patient, *, by: Actor, ground: str) -> list[tuple[str, str]]:
    """Return the identity documents of a patient in full, as (kind, number), and record on what ground.

    Numbers that an institution gave, and cards, are not among them. Raises ValidationError without a ground.
    """
    if not ground.strip():
        raise ValidationError({"ground": [_("请填写查看原文的理由")]})
    rows = list(patient.identifiers.filter(institution=None, kind__in=IdentityKind.values))
    if rows:
        audit(by, "revealed", patient, ground=ground, detail={"shown": [f"identifier:{row.pk}" for row in rows]})
    return [(row.kind, unseal(row.value_sealed, context=IDENTITY)) for row in rows]
