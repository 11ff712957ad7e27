"""What follows from the steps of a question, in the same transaction."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from yilian.domains.advice.models import Advice
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor, system_actor
from yilian.kernel.access.roles import mask_of
from yilian.kernel.access.scope import scope
from yilian.kernel.rules.reasons import reason
from yilian.kernel.workflow.conversation import link
from yilian.kernel.workflow.due import due_at
from yilian.kernel.workflow.engine import open_case
from yilian.kernel.workflow.models import Case
from yilian.kernel.workflow.moment import Moment
from yilian.registry.consortia import shared_consortia

REFERRAL, BECAME = "referral", "became"
UP_REASON = ("referral.up", "specialty")
CARRIED = ("diagnosis", "impression", "present_history", "treatment", "contact_phone")


def start_clock(moment: Moment) -> None:
    """Note under which consortium and by when an answer is expected; of questions that follow, the first counts."""
    advice: Any = moment.case
    shared = shared_consortia(advice.asker_id, advice.adviser_id, clock.today())
    consortium = shared[0].pk if shared else None
    if consortium != advice.consortium_id:
        moment.set(consortium_id=consortium)
        advice.due = due_at(moment.case_type, advice, advice.asker_id)
    moment.set(asked_at=moment.at, answer_due_at=advice.due)


def note_answer(moment: Moment) -> None:
    """Note who answered, and when for the first time: turning to the asker with a question is no answer."""
    advice: Any = moment.case
    moment.set(answered_by=moment.actor.name, first_answered_at=advice.first_answered_at or moment.at)


def convert(moment: Moment) -> None:
    """Draft the asker's referral to the adviser, filled from the question; the asker completes and sends it.

    A specialist who was authorised does it in the asker's name: the draft says so, and is the asker's alone.
    """
    advice: Any = moment.case
    owner = moment.actor if moment.actor.institution_id == advice.asker_id else _in_the_name_of(advice, moment.actor)
    with scope(owner):
        open_case(REFERRAL, by=owner, answers=answers_of(advice), then=lambda case: _linked(advice, case))


def _linked(advice: Case, referral: Case) -> None:
    link(advice, referral, BECAME)


def _in_the_name_of(advice: Advice, adviser: Actor) -> Actor:
    name = _("{adviser}（依申请方授权）").format(adviser=f"{adviser.institution_name} {adviser.name}")[:100]
    return replace(system_actor(name, advice.asker_id, str(advice.asker)), roles=mask_of(("doctor",)))


def answers_of(advice: Advice) -> dict[str, Any]:
    """Return what the form of a referral already knows from the question."""
    direction = _direction(advice)
    found = {name: getattr(advice, name) for name in CARRIED}
    if direction != "down" and reason(*UP_REASON):
        found["up_reason"] = UP_REASON[1]
    return found | {
        "patient": advice.patient_id,
        "direction": direction,
        "priority": str(advice.priority),
        "destination": "network",
        "receiver": advice.adviser_id,
        "receiver_department": advice.adviser_department_id,
        "sender_department": advice.asker_department_id,
        "sender_doctor": advice.asker_doctor_id,
        "reason_note": _("专家咨询 {number} 建议转诊").format(number=advice.number),
    }


def _direction(advice: Advice) -> str:
    """Return the direction that the grades of the two places give; where one has none, up."""
    assert advice.adviser is not None
    here, there = advice.asker.tier, advice.adviser.tier
    if here is None or there is None or there > here:
        return "up"
    return "down" if there < here else "lateral"
