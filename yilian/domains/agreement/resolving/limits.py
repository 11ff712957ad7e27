"""Limits that parties have promised each other, where due dates are reckoned: answered from memory."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from yilian.domains.agreement.models import Promise
from yilian.kernel.almanac.keeping import kept
from yilian.kernel.workflow.models import Case

TO = "referral"
ANSWERING = frozenset(("referral.answer_hours", "referral.answer_hours_urgent", "referral.answer_hours_critical"))
"""The parameters whose place a promised limit may take."""
PARAMETERS = "referral.parameters"
"""The source of rules that says what they are."""


@dataclass(frozen=True)
class Limit:
    """A promised limit of answers: its agreement and clause, hours, and the moments between which it counts."""

    case_id: UUID
    agreement: str
    place: int
    hours: int
    urgency: str
    direction: str
    since: datetime
    until: datetime

    def is_for(self, case: Any, start: datetime) -> bool:
        """Say whether it counts for a case whose time began at a moment."""
        return (
            self.since <= start < self.until
            and self.urgency in ("any", str(case.priority))
            and self.direction in ("any", case.direction)
        )


def promised(case: Case, parameter: str, start: datetime) -> datetime | None:
    """Return the earliest moment that an agreement between sender and receiver gives for the answer, or None."""
    if parameter not in ANSWERING or case.kind != TO:
        return None
    hours = [limit.hours for limit in limits_of(case, start)]
    return start + timedelta(hours=min(hours)) if hours else None


def limits_of(case: Any, start: datetime) -> list[Limit]:
    """Return the promised limits that count for a case, the strictest first."""
    if case.receiver_id is None:
        return []
    between = _by_pair().get(frozenset((case.sender_id, case.receiver_id)), ())
    return sorted((one for one in between if one.is_for(case, start)), key=lambda one: (one.hours, one.agreement))


def parameter_of(case: Any) -> str:
    """Return the parameter that sets the limit where nothing is promised, by the urgency of the case."""
    deadline = next(one for one in case.case_type.flow.deadlines if one.parameter in ANSWERING)
    return str(deadline.by_priority.get(case.priority, deadline.parameter))


@kept
def _by_pair() -> dict[frozenset[int], tuple[Limit, ...]]:
    """Return every promised limit by the two institutions between which it counts."""
    found: dict[frozenset[int], list[Limit]] = {}
    for row in Promise.objects.filter(topic="answer_limit").order_by("pk"):
        terms = row.terms
        limit = Limit(row.case_id, row.agreement, row.place, int(terms["hours"]), terms.get("urgency", "any"),
                      terms.get("direction", "any"), row.since, row.until)  # fmt: skip
        for one in row.institutions:
            for other in row.institutions:
                if one < other:
                    found.setdefault(frozenset((one, other)), []).append(limit)
    return {pair: tuple(limits) for pair, limits in found.items()}
