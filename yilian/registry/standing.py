"""Writing what a person attests about an institution where no row can show it."""

from datetime import date

from django.db import transaction

from yilian.kernel.access.actor import Actor
from yilian.registry.audited import audit
from yilian.registry.models import Attestation, Institution


def attest(
    *, by: Actor, institution: Institution, condition: str, is_met: bool, evidence: str, on: date
) -> Attestation:
    """Record the actor's word that a condition is met or not; the newest word counts. Raises ValidationError."""
    attestation = Attestation(
        institution=institution,
        condition=condition,
        is_met=is_met,
        evidence=evidence.strip(),
        attested_by=by.name,
        user_id=by.user_id,
        attested_on=on,
    )
    attestation.full_clean()
    with transaction.atomic():
        attestation.save(force_insert=True)
        audit(by, "registered", attestation)
    return attestation


def attested(institution_id: int, condition: str) -> Attestation | None:
    """Return the newest word on a condition, or None: then it is unknown."""
    return Attestation.objects.filter(institution_id=institution_id, condition=condition).first()
