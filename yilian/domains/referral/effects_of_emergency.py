"""What follows when a referral goes before it is approved, and when something is done to its patient."""

from yilian.domains.referral import actions, facts
from yilian.domains.referral.approval import approval_of
from yilian.domains.referral.green import times
from yilian.domains.referral.vocabulary import UNAPPROVED, Approval
from yilian.kernel.workflow.moment import Moment

DOOR = "door"


def mark_mode(moment: Moment) -> None:
    """Mark what leaves in emergency mode before the house has approved it: it is shown and searched for by that."""
    referral = moment.case
    if not referral.is_emergency and approval_of(referral) != Approval.NONE:
        moment.set(flags=referral.flags | UNAPPROVED)


def owe_approval(moment: Moment) -> None:
    """Whoever sends without the approval that the house wants has it to get afterwards."""
    referral = moment.case
    if approval_of(referral) != Approval.NONE and (waiver := facts.waiver_of(referral)):
        actions.owe_approval(referral, waiver=waiver, by=moment.actor)


def note_times(moment: Moment) -> None:
    times.note(moment.case, times.given(moment.answers.values()), by=moment.actor)


def note_door(moment: Moment) -> None:
    """The arrival is written down once: it is the point at which the patient came through the door."""
    referral = moment.case
    if referral.is_emergency and referral.emergency_kind and referral.arrived_at:
        times.note(referral, {DOOR: referral.arrived_at}, by=moment.actor)
