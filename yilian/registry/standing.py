"""Writing what a person attests about an institution: facts that it stated itself, or that no row can show."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from yilian.kernel.access.actor import Actor
from yilian.registry.audited import audit
from yilian.registry.models import Attestation, Institution
from yilian.registry.statements import statements_behind


def attest(
    *, by: Actor, institution: Institution, condition: str, is_met: bool, evidence: str, on: date
) -> Attestation:
    """Record the actor's word that a condition is met or not; the newest word counts. Raises ValidationError.

    It confirms the facts of the condition as they are stated now. Nobody attests conditions of the own institution.
    """
    if by.institution_id == institution.pk:
        raise ValidationError({"condition": [_("本机构的条件由主管部门或牵头单位确认，不能自行确认")]})
    attestation = Attestation(
        institution=institution,
        condition=condition,
        is_met=is_met,
        evidence=evidence.strip(),
        attested_by=by.name,
        attested_for_id=by.institution_id or None,
        user_id=by.user_id,
        attested_on=on,
    )
    attestation.full_clean()
    with transaction.atomic():
        present = Institution.objects.select_for_update().get(pk=institution.pk)
        attestation.speaks_of = statements_behind(present, condition)
        attestation.save(force_insert=True)
        audit(by, "registered", attestation)
    return attestation


def attested(institution_id: int, condition: str) -> Attestation | None:
    """Return the newest word on a condition, or None: then it is unknown."""
    return Attestation.objects.filter(institution_id=institution_id, condition=condition).first()
