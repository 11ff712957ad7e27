"""Spans of days laid out on one scale, for bars drawn row by row: pure arithmetic, in thousandths of the whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from yilian.kernel.clock.periods import add_months

WHOLE = 1000
NARROWEST = 6
MOST_TICKS = 24


@dataclass(frozen=True)
class Span:
    """What is drawn: anything that has a first and a last day, and how it stands (done, late, open, ahead)."""

    what: Any
    first: date
    last: date
    standing: str


@dataclass(frozen=True)
class Bar:
    """A span with where its bar begins and how wide it is."""

    span: Span
    x: int
    width: int


@dataclass(frozen=True)
class Chart:
    """Bars on one scale from the first to the last day; `today` is where today lies, None outside the scale."""

    first: date
    last: date
    today: int | None
    ticks: tuple[int, ...]
    bars: tuple[Bar, ...]


def charted(spans: Iterable[Span], on: date) -> Chart | None:
    """Lay out spans in the order given; None without any."""
    rows = list(spans)
    if not rows:
        return None
    first, last = min(row.first for row in rows), max(row.last for row in rows)
    bars = tuple(_bar(row, first, last) for row in rows)
    today = _place(on, first, last) if first <= on <= last else None
    return Chart(first, last, today, _ticks(first, last), bars)


def _bar(row: Span, first: date, last: date) -> Bar:
    x = _place(row.first, first, last)
    return Bar(row, min(x, WHOLE - NARROWEST), max(_place(row.last, first, last) - x, NARROWEST))


def _place(day: date, first: date, last: date) -> int:
    return (day - first).days * WHOLE // max((last - first).days, 1)


def _ticks(first: date, last: date) -> tuple[int, ...]:
    """Return where months begin; on a long scale only every third, sixth or twelfth."""
    months = (last.year - first.year) * 12 + last.month - first.month
    every = next((step for step in (1, 3, 6, 12) if months // step <= MOST_TICKS), 12)
    days = (add_months(first.replace(day=1), number) for number in range(every, months + 1, every))
    return tuple(_place(day, first, last) for day in days)
