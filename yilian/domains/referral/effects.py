"""What follows from the steps of a referral, in the same transaction."""

from datetime import timedelta
from typing import Any

from yilian.domains.referral import actions, approval, facts, parameters
from yilian.domains.referral.vocabulary import CONSENT_OUTSTANDING, ConsentChoice
from yilian.kernel import clock
from yilian.kernel.rules.due import due_at
from yilian.kernel.workflow.due import due_at as due_in_state
from yilian.kernel.workflow.moment import Moment

NOTHING_ARRANGED: dict[str, Any] = {
    "received_at": None, "received_by": "", "accepted_at": None, "accepted_by": "", "answered_at": None,
    "appointment_start": None, "appointment_end": None, "appointment_place": "", "instruction": "",
}  # fmt: skip
"""What a referral has not yet when it reaches a new receiver."""


def start_clocks(moment: Moment) -> None:
    """Note when the referral left, under which consortium and by when it must be answered, and whether consent is owed.

    The limit of the answer is that of the consortium, which is known only now.
    """
    referral = moment.case
    consortium = facts.consortium_of(referral)
    if consortium != referral.consortium_id:
        moment.set(consortium_id=consortium)
        referral.due = due_in_state(moment.case_type, referral, referral.institution_of(moment.step.by[0].side))
    moment.set(sent_at=moment.at, answer_due_at=referral.due)
    if referral.consent_choice == ConsentChoice.AGREE:
        moment.set(consent_signed_at=referral.consent_signed_at or moment.at)
    elif referral.consent_due_at is None:
        due = due_at(parameters.CONSENT_LATER, moment.at, referral.sender_id, consortium)
        moment.set(consent_due_at=due, flags=referral.flags | CONSENT_OUTSTANDING)


def note_route(moment: Moment) -> None:
    """Keep whose approval was wanted when it was asked for, and by which setting: a later one changes nothing."""
    referral = moment.case
    moment.set(approval_route=approval.approval_of(referral), approval_basis=approval.basis_of(referral))


def note_head(moment: Moment) -> None:
    moment.set(head_approved_by=moment.actor.name, head_approved_at=moment.at)


def note_approval(moment: Moment) -> None:
    """Note who let the referral leave the house, and when: the letter says so."""
    moment.set(approved_by=moment.actor.name, approved_at=moment.at)


def owe_consent(moment: Moment) -> None:
    """Whoever sends an emergency without consent has it to sign."""
    if "consent_due_at" in moment.saved:
        actions.owe_consent(moment.case, by=moment.actor)


def note_receipt(moment: Moment) -> None:
    """Note who saw the referral first at the receiver: seen is not accepted."""
    if moment.case.received_at is None:
        moment.set(received_at=moment.at, received_by=moment.actor.name)


def note_answer(moment: Moment) -> None:
    """Note that the receiver answered, for good or ill; what comes later does not change it."""
    note_receipt(moment)
    if moment.case.answered_at is None:
        moment.set(answered_at=moment.at)


def note_acceptance(moment: Moment) -> None:
    note_answer(moment)
    moment.set(accepted_at=moment.at, accepted_by=moment.actor.name)


def note_refusal(moment: Moment) -> None:
    """Keep who refused, so that nobody is asked twice."""
    note_answer(moment)
    referral = moment.case
    if not referral.is_outside and referral.receiver_id not in referral.refused_by:
        moment.set(refused_by=[*referral.refused_by, referral.receiver_id])


def keep_reason(moment: Moment) -> None:
    """Keep the coded reason and the note of a step that asks for one: the state is never without its reason."""
    for ask in moment.step.asks:
        if ask.kind == "reason" and (code := moment.answers.get(ask.name)):
            moment.set(
                status_reason=code, status_reason_name=moment.answers.label(ask.name), status_note=moment.note[:500]
            )


def drop_reason(moment: Moment) -> None:
    """The referral is on its way again: what stopped it is history."""
    if moment.case.status_reason:
        moment.set(status_reason="", status_reason_name="", status_note="")


def take_proposed_time(moment: Moment) -> None:
    """A refused proposal leaves no appointment behind."""
    moment.set(appointment_start=None, appointment_end=None, appointment_place="")


def note_arrival(moment: Moment) -> None:
    if moment.case.arrived_at is None:
        moment.set(arrived_at=moment.at)


def note_feedback(moment: Moment) -> None:
    moment.set(feedback_at=moment.at)


def await_feedback_anew(moment: Moment) -> None:
    """What was answered stays to be corrected; the answer itself counts when it is given again."""
    moment.set(feedback_at=None)


def plan_followup(moment: Moment) -> None:
    """A member that takes a patient back owes a first visit."""
    referral = moment.case
    if not referral.is_down:
        return
    days = due_at(parameters.FOLLOWUP, moment.at, moment.actor.institution_id, referral.consortium_id)
    default = (days or moment.at + timedelta(days=1)).date()
    actions.open_followup(referral, due_on=max(referral.followup_on or default, clock.today()), by=moment.actor)


def draft_return(moment: Moment) -> None:
    """Write the down-referral that brings the patient back, ready to be completed."""
    actions.draft_return(moment.case, by=moment.actor)


def restart_answer_clock(moment: Moment) -> None:
    """The receiver's time runs anew after a pause."""
    moment.set(sent_at=moment.at, answer_due_at=moment.case.due)
