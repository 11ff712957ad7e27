"""Where any domain hands in what earned or cost an institution points: the assessment adds them to its score."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from yilian.kernel.clock.periods import Period
from yilian.kernel.rules.regulation import Ground


@dataclass(frozen=True)
class ScorePoint:
    """Points of one institution: above zero for merit, below for a penalty; `key` tells two lines apart for good.

    `title` says what for, `given_on` when it took effect, `cite` on what ground; `case_id` is the case that decided.
    """

    key: str
    institution_id: int
    points: Decimal
    title: str
    given_on: date
    cite: Ground
    case_id: UUID | None = None


Source = Callable[[int, Period], Iterable[ScorePoint]]

sources: list[Source] = []
"""Each is asked for a consortium's points in effect in a period: one statement, in the scope of whoever assesses."""


def points_of(consortium_id: int, period: Period) -> dict[int, list[ScorePoint]]:
    """Return what every source hands in, by institution, the earliest first."""
    found: dict[int, list[ScorePoint]] = {}
    for point in sorted(
        (point for source in sources for point in source(consortium_id, period)),
        key=lambda point: (point.given_on, point.key),
    ):
        found.setdefault(point.institution_id, []).append(point)
    return found
