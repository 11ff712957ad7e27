"""What rows say for the rules of referrals. Everything is read in the scope of whoever acts."""

from collections.abc import Iterable
from uuid import UUID

from yilian.domains.referral import parameters, reasons
from yilian.domains.referral.models import FollowUp, Referral
from yilian.domains.referral.vocabulary import BEFORE_SENDING, State
from yilian.kernel import clock
from yilian.kernel.rules.models import ReasonCode
from yilian.kernel.rules.reasons import reason
from yilian.kernel.rules.values import value_of
from yilian.registry.consortia import shared_consortia
from yilian.registry.models import Department, Patient
from yilian.registry.models.consortium import GRID_KINDS
from yilian.registry.patients.registering import is_minor


def consortium_of(sender_id: int, receiver_id: int | None) -> int | None:
    """Return the consortium under which two institutions refer today, the one that answers for a grid first."""
    if receiver_id is None:
        return None
    shared = shared_consortia(sender_id, receiver_id, clock.today())
    tight = [consortium for consortium in shared if consortium.kind in GRID_KINDS]
    return next((consortium.pk for consortium in [*tight, *shared]), None)


def needs_approval(referral: Referral) -> bool:
    """Say whether the sender wants referrals approved inside the house; an emergency never waits for it."""
    return not referral.is_emergency and bool(value_of(parameters.NEEDS_APPROVAL, referral.sender_id))


def other_open(referral: Referral) -> list[Referral]:
    """Return the patient's other referrals on their way that the actor may see, those of the same chain left out."""
    if referral.patient_id is None:
        return []
    chain = [referral.pk, referral.origin_id] if referral.origin_id else [referral.pk]
    rows = Referral.objects.of_patient(referral.patient_id).open().exclude(pk__in=chain)
    return list(rows.exclude(state__in=(*BEFORE_SENDING, State.AWAITING_FEEDBACK)).exclude(origin_id=referral.pk))


def same_problem(referral: Referral) -> Referral | None:
    """Return another referral on its way for the same problem of this patient, if the actor may see one."""
    return next((other for other in other_open(referral) if other.problem == referral.problem), None)


def open_return(referral: Referral) -> Referral | None:
    """Return the return of this referral that has not ended, or None."""
    return Referral.objects.filter(origin_id=referral.pk).open().first()


def department_of(department_id: int) -> Department | None:
    return Department.objects.filter(pk=department_id).first()


def patient_is_minor(patient_id: UUID) -> bool | None:
    """Say whether a guardian must consent for the patient; None when the birth date is unknown."""
    patient = Patient.objects.filter(pk=patient_id).first()
    return is_minor(patient) if patient else None


def open_followups(referral: Referral) -> Iterable[str]:
    """Return the numbers of the follow-up tasks of this referral that are not settled."""
    return FollowUp.objects.filter(down_referral_id=referral.pk, open=True).values_list("number", flat=True)


def receives_now(referral: Referral) -> int | None:
    """Return the institution that plays the receiver, whatever the column says while a step changes it."""
    return referral.institution_of("receiver")


def decline_reason(code: str | None) -> ReasonCode | None:
    """Return the coded reason of a refusal, or None when none was given."""
    return reason(reasons.DECLINE, code) if code else None
