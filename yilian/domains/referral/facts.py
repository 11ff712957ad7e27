"""What rows say for the rules of referrals. Everything is read in the scope of whoever acts."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.utils.translation import gettext as _

from yilian.domains.referral import parameters, reasons
from yilian.domains.referral.approval import approval_of
from yilian.domains.referral.green.modes import Mode, mode_of, modes_on
from yilian.domains.referral.models import FollowUp, Referral
from yilian.domains.referral.vocabulary import BEFORE_SENDING, Approval, State
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.rows import where
from yilian.kernel.rules.models import ReasonCode
from yilian.kernel.rules.reasons import reason
from yilian.kernel.rules.values import value_of
from yilian.kernel.workflow import queries
from yilian.registry import known
from yilian.registry.consortia import shared_consortia
from yilian.registry.models import Consortium, Department, Practitioner
from yilian.registry.models.consortium import GRID_KINDS

T = TypeVar("T")
OWN = "user_id = %s and institution_id = %s and ended_on is null"


def _once(referral: Referral, name: str, ask: Callable[[], T]) -> T:
    """Ask the database once for as long as this object lives: several rules of several steps want the same answer.

    `name` holds whatever the answer depends on.
    """
    known: dict[str, T] = referral.__dict__.setdefault("_known", {})
    if name not in known:
        known[name] = ask()
    return known[name]


def consortia_of(referral: Referral) -> list[Consortium]:
    """Return the consortia to which both institutions belong today, those that answer for a grid first."""
    here, there = referral.sender_id, referral.receiver_id
    if there is None or referral.is_outside:
        return []
    shared = _once(referral, f"consortia {here} {there}", lambda: shared_consortia(here, there, clock.today()))
    return sorted(shared, key=lambda consortium: consortium.kind not in GRID_KINDS)


def consortium_of(referral: Referral) -> int | None:
    """Return the consortium under which the two institutions refer today, or None."""
    return next((consortium.pk for consortium in consortia_of(referral)), None)


def is_among_ones_own(referral: Referral) -> bool:
    """Say whether the receiver is one's own: of the same group or community, or the one that sent the patient here.

    Members of a shared alliance or network are one's own only where the sender's parameter says so.
    """
    kinds = {consortium.kind for consortium in consortia_of(referral)}
    if kinds & set(GRID_KINDS):
        return True
    if referral.origin is not None and referral.origin.sender_id == referral.receiver_id and not referral.is_outside:
        return True
    return bool(kinds) and bool(value_of(parameters.ALLIANCES_ARE_OWN, referral.sender_id))


def needs_approval(referral: Referral) -> bool:
    """Say whether the sender wants this referral approved inside the house before it leaves.

    An emergency never waits for it, nor does anybody while the consortium of both is in emergency mode.
    """
    return approval_of(referral) != Approval.NONE and not waiver_of(referral)


def waiver_of(referral: Referral) -> str:
    """Return why a referral may leave before anybody has approved it, in words; empty when it may not."""
    if referral.is_emergency:
        return str(_("急诊绿色通道"))
    mode = mode_for(referral)
    return str(_("应急模式 {number}").format(number=mode.number)) if mode else ""


def mode_for(referral: Referral) -> Mode | None:
    """Return the emergency mode in which both institutions are, or None; costs nothing while there is none at all."""
    return mode_of(consortium.pk for consortium in consortia_of(referral)) if modes_on() else None


def head_of_which(actor: Actor) -> int | None:
    """Return the department of whoever acts, as far as their row among the practitioners of the house says it."""
    found = where(Practitioner, OWN, [actor.user_id, actor.institution_id]) if actor.user_id else []
    return found[0].department_id if found else None


def hours_before_sending(referral: Referral) -> float:
    """Return how long before its sheet was sent an emergency may have arrived."""
    return float(value_of(parameters.ARRIVED_BEFORE, referral.sender_id) or 0)


def other_open(referral: Referral) -> list[Referral]:
    """Return the patient's other referrals on their way that the actor may see, those of the same chain left out."""
    if referral.patient_id is None:
        return []
    return _once(referral, f"others {referral.patient_id}", lambda: _other_open(referral))


def _other_open(referral: Referral) -> list[Referral]:
    others = set(queries.open_about("referral", referral.patient_id)) - {referral.pk, referral.origin_id}
    if not others:
        return []
    few = ("kind", "number", "state", "title", "problem", "origin")
    rows = Referral.objects.of_patient(referral.patient_id).filter(pk__in=others).only(*few)
    return list(rows.exclude(state__in=(*BEFORE_SENDING, State.AWAITING_FEEDBACK)).exclude(origin_id=referral.pk))


def same_problem(referral: Referral) -> Referral | None:
    """Return another referral on its way for the same problem of this patient, if the actor may see one."""
    return next((other for other in other_open(referral) if other.problem == referral.problem), None)


def open_return(referral: Referral) -> Referral | None:
    """Return the return of this referral that has not ended, or None."""
    return Referral.objects.filter(origin_id=referral.pk).open().first()


def department_of(department_id: int) -> Department | None:
    return known.department(department_id)


def open_followups(referral: Referral) -> Iterable[str]:
    """Return the numbers of the follow-up tasks of this referral that are not settled."""
    return FollowUp.objects.filter(down_referral_id=referral.pk, open=True).values_list("number", flat=True)


def receives_now(referral: Referral) -> int | None:
    """Return the institution that plays the receiver, whatever the column says while a step changes it."""
    return referral.institution_of("receiver")


def decline_reason(code: str | None) -> ReasonCode | None:
    """Return the coded reason of a refusal, or None when none was given."""
    return reason(reasons.DECLINE, code) if code else None
