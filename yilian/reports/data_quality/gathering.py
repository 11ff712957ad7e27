"""What was fed and how good it was, as a table of members by months, and what nobody can know without it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from yilian.domains.encounter import api as feeds
from yilian.domains.encounter.api import Fed, Score
from yilian.kernel.clock.periods import Period, add_months
from yilian.kernel.indicators.indicator import Indicator, indicators
from yilian.registry.models import Institution
from yilian.reports.cockpit.watching import View

MONTHS = 12


@dataclass(frozen=True)
class Cell:
    """A month of a member: what it fed, or None; `tone` puts it into a colour, `word` into words."""

    month: int
    fed: Fed | None

    @property
    def tone(self) -> str:
        if self.fed is None:
            return "default"
        faulty = self.fed.rejected + self.fed.incomplete + self.fed.inconsistent + self.fed.late
        return "danger" if self.fed.rejected else "warning" if faulty else "success"


@dataclass(frozen=True)
class Row:
    """A member with its months and its score (None: it fed nothing)."""

    place: Institution
    cells: tuple[Cell, ...]
    score: Score | None

    @property
    def fed_months(self) -> int:
        return sum(1 for cell in self.cells if cell.fed and cell.fed.is_covered)


@dataclass(frozen=True)
class Quality:
    """The table for one kind of feed, and the indicators of which nothing is known in these months."""

    months: tuple[date, ...]
    rows: tuple[Row, ...]
    unknown: tuple[Indicator, ...]
    measured: int
    last_at: datetime | None

    @property
    def covered(self) -> int:
        """How many of the members' months were fed."""
        return sum(row.fed_months for row in self.rows)

    @property
    def possible(self) -> int:
        return len(self.rows) * len(self.months)


def months_until(day: date) -> tuple[date, ...]:
    """Return the first days of the last whole months, the oldest first."""
    running = day.replace(day=1)
    return tuple(add_months(running, number - MONTHS) for number in range(MONTHS))


def gather(view: View, members: Sequence[Institution], fact: str, today: date) -> Quality:
    """Return the table by three statements; the best come first, those who fed nothing last."""
    months = months_until(today)
    keys = [month.year * 100 + month.month for month in months]
    places = [place for place in members if view.institution_id in (None, place.pk)]
    asked = {"institution_ids": [place.pk for place in places], "fact": fact, "first": keys[0], "last": keys[-1]}
    fed = feeds.coverage(**asked)
    by_month = {(row.institution_id, row.month): row for row in fed}
    scores = {score.institution_id: score for score in feeds.scores(**asked)}
    rows = [
        Row(place, tuple(Cell(key, by_month.get((place.pk, key))) for key in keys), scores.get(place.pk))
        for place in places
    ]
    rows.sort(key=lambda row: (row.score.rank if row.score else len(rows) + 1, row.place.pk))
    found = view.totals([item.key for item in indicators], Period(months[0], months[-1]))
    unknown = tuple(item for item in indicators if found[item.key].value is None and item.is_additive)
    return Quality(
        months, tuple(rows), unknown, sum(1 for item in indicators if item.is_additive),
        max((row.last_at for row in fed), default=None),
    )  # fmt: skip
