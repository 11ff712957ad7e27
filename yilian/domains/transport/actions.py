"""Writes that touch the referral and its transport: opening one, and each following the other."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from yilian.domains.transport import facts
from yilian.domains.transport.models import Journey
from yilian.domains.transport.vocabulary import BETWEEN, State
from yilian.kernel.access.actor import Actor, system_actor
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow import parties
from yilian.kernel.workflow.conversation import link
from yilian.kernel.workflow.engine import open_case, take
from yilian.kernel.workflow.models import Case
from yilian.registry import known

CARRIES = "carries"
ARRIVE, ADMIT = "arrive", "admit_emergency"
PASSED_ON = ("arrived_at", "encounter_class", "encounter_number")


def arrange(referral: Any, answers: Mapping[str, Any], *, by: Actor) -> Journey:
    """Open the transport of a referral; its overseers are those of the referral. Raises OpeningRefused or NotYours."""
    given = {name: value for name, value in answers.items() if name != "transport"}
    given |= {"mode": answers.get("transport"), "patient": referral.patient_id}
    facts_of_it = {
        "referral_case_id": referral.pk, "receiver_id": referral.receiver_id, "priority": referral.priority,
        "consortium_id": referral.consortium_id, "is_emergency": referral.is_emergency,
    }  # fmt: skip

    def attach(case: Case) -> None:
        Journey.objects.filter(pk=case.pk).update(**facts_of_it)
        for name, value in facts_of_it.items():
            setattr(case, name, value)
        parties.convene(case)
        link(case, referral, CARRIES)

    return open_case("transport", by=by, answers=given, then=attach, along=True)  # type: ignore[return-value]


def register_arrival(transport: Journey, *, by: Actor) -> None:
    """Take the arrival of the referral with what the signature said, unless it is registered already.

    Raises StepRefused when the referral cannot arrive as it stands: then nobody has signed either.
    """
    referral = facts.hold_referral_of(transport)
    if referral is None or referral.arrived_at is not None:
        return
    step = referral.case_type.flow.step(ARRIVE)
    verb = ADMIT if transport.is_emergency and referral.state not in step.sources else ARRIVE
    take(referral, verb, by=by, **{name: getattr(transport, name) for name in PASSED_ON})


def follow_arrival(referral: Any) -> None:
    """The referral says that the patient is there: the transport has arrived, and only the signature is open."""
    journey = _held(referral)
    if journey is not None and journey.state != State.RETURNING:
        _by_clock(journey, "arrive_with_referral", **{name: getattr(referral, name) for name in PASSED_ON})


def follow_change(referral: Any) -> None:
    """The referral has gone another way: what has not left is cancelled, who is on the road hears of it."""
    journey = _held(referral)
    if journey is None:
        return
    cause = _("转诊单{number}现为“{state}”").format(number=referral.number, state=referral.state_title)
    if journey.state == State.PLANNED:
        _by_clock(journey, "drop", cause=cause)
    elif referral.receiver_id and referral.receiver_id != journey.receiver_id and journey.state in BETWEEN:
        _by_clock(journey, "divert", cause=cause, receiver=referral.receiver_id)
    else:
        _by_clock(journey, "note_referral", cause=cause)


def _held(referral: Any) -> Journey | None:
    """Return the open transport of a referral, locked and as it is then; raises ValidationError if others have it."""
    journey = facts.open_journey(referral)
    if journey is None:
        return None
    if not facts.hold(journey):
        raise ValidationError(_("转运单{number}正由他人办理，请稍后再试").format(number=journey.number))
    journey.refresh_from_db()
    return journey if journey.open else None


def _by_clock(journey: Journey, verb: str, **answers: Any) -> None:
    place = known.institution(journey.sender_id or 0)
    actor = system_actor(_("系统"), journey.sender_id or 0, str(place or ""))
    with scope(actor):
        take(journey, verb, by=actor, **answers)
