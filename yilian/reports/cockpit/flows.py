"""Flows between institutions: counted from the fact of referrals, read in one statement for a consortium and period."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Max, Sum

from yilian.kernel.clock.periods import Period
from yilian.reports.cockpit.models import Flow

FACT = "referral"
DIRECTIONS = ("up", "down", "lateral")
MOST = 40
"""Arrows that a map still shows; the thickest stay."""


@dataclass(frozen=True)
class Arrow:
    """Referrals of one direction from one institution to another in a period."""

    sender_id: int
    receiver_id: int
    direction: str
    cases: int


@dataclass(frozen=True)
class Flows:
    """The thickest arrows, how many referrals all of them are, and when they were counted (None: never)."""

    arrows: tuple[Arrow, ...]
    cases: int
    counted_at: datetime | None

    @property
    def shown(self) -> int:
        """How many referrals the arrows stand for."""
        return sum(arrow.cases for arrow in self.arrows)


def count_flows() -> int:
    """Count all flows anew, as the owner; return how many rows there are. Two at once wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("select cockpit_count_flows()")
        return int(cursor.fetchone()[0])


def flows(consortium_id: int | None, period: Period) -> Flows:
    """Return the flows that the reader sees, of one consortium or of all, in the whole months of the period."""
    rows = Flow.objects.filter(month__gte=period.first.replace(day=1), month__lte=period.last)
    if consortium_id is not None:
        rows = rows.filter(consortium_id=consortium_id)
    grouped = rows.values_list("sender_id", "receiver_id", "direction").annotate(
        cases=Sum("cases"), counted_at=Max("counted_at")
    )
    found = list(grouped.order_by("-cases", "sender_id", "receiver_id", "direction"))
    arrows = tuple(Arrow(*row[:4]) for row in found[:MOST])
    return Flows(arrows, sum(row[3] for row in found), max((row[4] for row in found), default=None))
