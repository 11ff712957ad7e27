"""To whom a call goes, and what its steps note."""

from typing import Any

from yilian.domains.support import parameters
from yilian.domains.support.models import Priority
from yilian.kernel import clock
from yilian.kernel.rules.due import due_at
from yilian.kernel.workflow.models import Case
from yilian.kernel.workflow.moment import Moment
from yilian.registry.consortia import lead_of


def derived(call: Case) -> dict[str, Any]:
    """Return who answers today (the lead of the consortium), and whom the call is about when nobody else is named."""
    lead = lead_of(call.consortium_id, clock.today())
    return {"desk_id": lead.pk if lead else None, "about_id": call.about_id or call.caller_id}


def start_clock(moment: Moment) -> None:
    call: Any = moment.case
    limit = parameters.SOLVING_URGENT if call.priority == Priority.URGENT else parameters.SOLVING
    moment.set(filed_at=moment.at, solve_by=due_at(limit, moment.at, call.desk_id, call.consortium_id))


def note_taker(moment: Moment) -> None:
    moment.set(taken_by=moment.actor.name)


def note_solution(moment: Moment) -> None:
    call: Any = moment.case
    moment.set(solved_at=moment.at, taken_by=call.taken_by or moment.actor.name)


def drop_solution(moment: Moment) -> None:
    moment.set(solved_at=None)
