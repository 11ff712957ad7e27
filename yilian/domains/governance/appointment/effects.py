"""Nominees come into their seats, or people leave them; and how a passed motion does it."""

from collections.abc import Mapping

from yilian.domains.governance.acting import acting_lead
from yilian.domains.governance.bodies.seating import DAY, seat, sitting, vacate
from yilian.domains.governance.membership import members_today
from yilian.domains.governance.models import Appointment, AppointmentState, Change, Matter, Motion, Outcome, Seat
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow.engine import take
from yilian.kernel.workflow.moment import Moment


def members(appointment: Appointment, named: Mapping[str, int]) -> dict[str, list[int]]:
    """Return the members, who see who is nominated."""
    places = members_today(appointment.consortium_id)
    return {"member": [one for one in places if one != appointment.lead_id]}


def appoint(moment: Moment) -> None:
    """Write what was decided: those who leave have their last day before it takes effect."""
    case: Appointment = moment.case
    last = case.since_on - DAY
    held = Seat.objects.filter(pk__in=sitting(case.body_id, clock.today()), until_on=None)
    if case.change == Change.TERM:
        vacate(held, last=last)
    elif case.change == Change.VACATE:
        vacate(held.filter(pk__in=case.leaving), last=last)
    if case.change != Change.VACATE:
        seat(case.body, case.seats, since=case.since_on, until=case.term_until, case_id=case.pk)


def elect(moment: Moment) -> None:
    """Let a passed motion about seats appoint the nominees, in the same transaction."""
    motion: Motion = moment.case
    if motion.outcome != Outcome.PASSED or motion.matter != Matter.SEATS:
        return
    lead = acting_lead(moment)
    Motion.objects.filter(pk=motion.pk).update(outcome=motion.outcome)  # the appointment asks whether it has passed
    with scope(lead):
        case = Appointment.objects.filter(pk=motion.nomination, state=AppointmentState.NOMINATED).first()
        if case is not None:
            take(case, "appoint", by=lead)
