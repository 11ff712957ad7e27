"""Writing what counts for or against an institution: sanctions and attestations."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.registry.audited import audit
from yilian.registry.models import Attestation, Institution, Sanction
from yilian.registry.writing import Faults


def record_sanction(*, by: Actor, institution: Institution, **facts: Any) -> Sanction:
    """Record a sanction with its kind, issuing body and day. Raises ValidationError."""
    sanction = Sanction(institution=institution, **facts)
    faults = Faults()
    if sanction.issued_on and sanction.issued_on > clock.today():
        faults.add("issued_on", _("作出日期晚于今天"))
    if sanction.lifted_on and sanction.issued_on and sanction.lifted_on < sanction.issued_on:
        faults.add("lifted_on", _("解除日期早于作出日期"))
    faults.of(sanction)
    faults.refuse()
    with transaction.atomic():
        sanction.save(force_insert=True)
        audit(by, "registered", sanction)
    return sanction


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
