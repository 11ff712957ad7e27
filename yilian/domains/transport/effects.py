"""What follows from the steps of a transport, in the same transaction."""

from yilian.domains.transport import actions
from yilian.kernel.workflow.moment import Moment


def note_departure(moment: Moment) -> None:
    """The patient is on the road: the database admits no second transport of theirs until this one has ended."""
    moment.set(departed_at=moment.case.departed_at or moment.at, traveller=moment.case.patient_id)


def count_change(moment: Moment) -> None:
    """Keep how often something changed on the way: the list of those on the road shows it."""
    moment.set(changes=moment.case.changes + 1)


def note_turning_back(moment: Moment) -> None:
    if moment.case.turned_back_at is None:
        moment.set(turned_back_at=moment.at)


def note_arrival(moment: Moment) -> None:
    if moment.case.arrived_at is None:
        moment.set(arrived_at=moment.at)


def note_signature(moment: Moment) -> None:
    moment.set(signed_at=moment.at, signed_by=moment.actor.name)


def end(moment: Moment) -> None:
    moment.set(ended_at=moment.at, traveller=None)


def keep_reason(moment: Moment) -> None:
    """Keep the coded reason in words as well."""
    moment.set(end_reason_name=moment.answers.label("end_reason"))


def keep_cause(moment: Moment) -> None:
    moment.set(end_reason_name=moment.answers.get("cause", ""))


def register_arrival(moment: Moment) -> None:
    """The receiver's signature is also the arrival of the referral: it is not entered twice."""
    actions.register_arrival(moment.case, by=moment.actor)
