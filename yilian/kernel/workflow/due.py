"""When a case is due in its present state."""

from collections.abc import Callable
from datetime import date, datetime, time

from django.utils import timezone

from yilian.kernel.rules.due import due_at as due_after
from yilian.kernel.workflow.case_type import CaseType
from yilian.kernel.workflow.models import Case

earlier: list[Callable[[Case, str, datetime], datetime | None]] = []
"""Functions of the floors above that may name an earlier moment: (case, parameter, start of the time) -> moment."""


def due_at(case_type: CaseType, case: Case, institution_id: int | None) -> datetime | None:
    """Return until when the present state may last; None if it has no deadline or the case is closed.

    It is what the parameter of the deadline gives, or what a floor above names, if that is earlier.
    """
    deadline = case_type.flow.deadline_of(case.state)
    if deadline is None or not case.open:
        return None
    parameter = deadline.by_priority.get(case.priority, deadline.parameter)
    start = _start(case, deadline.counts_from)
    found = [due_after(parameter, start, institution_id, case.consortium_id)]
    found += [ask(case, parameter, start) for ask in earlier]
    return min((moment for moment in found if moment), default=None)


def counts_anew(case_type: CaseType, case: Case, changed: set[str]) -> bool:
    """Say whether the due date has to be computed again: the state is new, or the date it counts from is another."""
    deadline = case_type.flow.deadline_of(case.state)
    return "since" in changed or bool(deadline and deadline.counts_from in changed)


def _start(case: Case, column: str) -> datetime:
    """Return the moment from which the time runs: that of the column (a day counts as its end), or the state's."""
    known = getattr(case, column) if column else None
    if isinstance(known, date) and not isinstance(known, datetime):
        return timezone.make_aware(datetime.combine(known, time.max))
    return known or case.since
