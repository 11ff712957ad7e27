"""What follows from the steps of wards, rounds and notes, in the same transaction."""

from yilian.domains.ward import actions, facts
from yilian.kernel.workflow.moment import Moment


def note_consortium(moment: Moment) -> None:
    moment.set(consortium_id=facts.consortium_of(moment.case))


def note_end(moment: Moment) -> None:
    moment.set(ended_on=facts.today())


def plan_round(moment: Moment) -> None:
    actions.plan_round(moment.case, moment.answers.values(), by=moment.actor)


def list_patient(moment: Moment) -> None:
    actions.list_patient(moment.case, moment.answers.values(), by=moment.actor)


def note_holding(moment: Moment) -> None:
    if moment.case.held_at is None:
        moment.set(held_at=moment.at)


def note_writing(moment: Moment) -> None:
    moment.set(written_at=moment.at)


def note_writer(moment: Moment) -> None:
    moment.set(seen_by=moment.actor.name)
