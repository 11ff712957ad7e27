"""Limits that parties have promised each other, where due dates are reckoned: answered from memory."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

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
    """A promised limit of answers: its agreement and clause, how long, and the moments between which it counts.

    That of a green channel is for an emergency alone, of one kind or `any`; others name none.
    """

    case_id: UUID
    agreement: str
    place: int
    length: timedelta
    urgency: str
    direction: str
    emergency: str
    since: datetime
    until: datetime

    def is_for(self, case: Any, start: datetime) -> bool:
        """Say whether it counts for a case whose time began at a moment."""
        return (
            self.since <= start < self.until
            and self.urgency in ("any", str(case.priority))
            and self.direction in ("any", case.direction)
            and (not self.emergency or (case.is_emergency and self.emergency in ("any", case.emergency_kind)))
        )

    @property
    def shown(self) -> str:
        """How long it is, as people read it."""
        minutes = int(self.length.total_seconds() // 60)
        return _("{hours} 小时").format(hours=minutes // 60) if minutes % 60 == 0 else _("{n} 分钟").format(n=minutes)


def promised(case: Case, parameter: str, start: datetime) -> datetime | None:
    """Return the earliest moment that an agreement between sender and receiver gives for the answer, or None."""
    if parameter not in ANSWERING or case.kind != TO:
        return None
    return min((start + limit.length for limit in limits_of(case, start)), default=None)


def limits_of(case: Any, start: datetime) -> list[Limit]:
    """Return the promised limits that count for a case, the strictest first."""
    if case.receiver_id is None:
        return []
    between = _by_pair().get(frozenset((case.sender_id, case.receiver_id)), ())
    return sorted((one for one in between if one.is_for(case, start)), key=lambda one: (one.length, one.agreement))


def parameter_of(case: Any) -> str:
    """Return the parameter that sets the limit where nothing is promised, by the urgency of the case."""
    deadline = next(one for one in case.case_type.flow.deadlines if one.parameter in ANSWERING)
    return str(deadline.by_priority.get(case.priority, deadline.parameter))


def _limit(row: Promise) -> Limit:
    terms = row.terms
    length = timedelta(minutes=int(terms.get("minutes") or 60 * int(terms.get("hours") or 0)))
    return Limit(row.case_id, row.agreement, row.place, length, terms.get("urgency", "any"),
                 terms.get("direction", "any"), terms.get("kind") or "", row.since, row.until)  # fmt: skip


@kept
def _by_pair() -> dict[frozenset[int], tuple[Limit, ...]]:
    """Return every promised limit by the two institutions between which it counts."""
    found: dict[frozenset[int], list[Limit]] = {}
    for row in Promise.objects.order_by("pk"):
        limit = _limit(row)
        for one in row.institutions:
            for other in row.institutions:
                if one < other:
                    found.setdefault(frozenset((one, other)), []).append(limit)
    return {pair: tuple(limits) for pair, limits in found.items()}
