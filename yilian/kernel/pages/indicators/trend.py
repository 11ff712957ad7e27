"""The trend of an indicator as the geometry of a line chart: months that are unknown leave a gap, never a zero."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby, pairwise

from yilian.kernel.clock.periods import Period, add_months
from yilian.kernel.indicators.results import Point

MONTHS = 36
WIDTH, HEIGHT = 760, 200
LEFT, RIGHT, TOP, BOTTOM = 56, 12, 14, 28
MARKS = 4


@dataclass(frozen=True)
class Mark:
    """A place on an axis and what is written there."""

    at: float
    text: str


@dataclass(frozen=True)
class Dot:
    """One known month."""

    x: float
    y: float
    point: Point


@dataclass(frozen=True)
class Trend:
    """What the chart draws, in a box of WIDTH times HEIGHT; `changes` are where the formula did."""

    dots: tuple[Dot, ...]
    lines: tuple[str, ...]
    across: tuple[Mark, ...]
    up: tuple[Mark, ...]
    changes: tuple[float, ...]
    target: float | None

    width, height = WIDTH, HEIGHT
    left, right, top, bottom = LEFT, WIDTH - RIGHT, TOP, HEIGHT - BOTTOM


def span_of(last: date) -> Period:
    """Return the months of the trend that ends with the month of this day."""
    first = add_months(last.replace(day=1), 1 - MONTHS)
    return Period(first, last)


def trend(points: Sequence[Point], span: Period, target: Decimal | None = None) -> Trend | None:
    """Return the chart of these months; None when fewer than two of them are known."""
    known = [point for point in points if point.value is not None]
    if len(known) < 2:
        return None
    values = [point.value for point in known if point.value is not None]
    ticks = _ticks([*values, *([target] if target is not None else [])])
    dots = [Dot(_x(point.month, span), _y(point.value, ticks), point) for point in known]
    changed = [(one.x + other.x) / 2 for one, other in pairwise(dots) if one.point.digest != other.point.digest]
    return Trend(
        dots=tuple(dots),
        lines=tuple(_lines(dots)),
        across=tuple(_months(span)),
        up=tuple(Mark(_y(tick, ticks), format(tick.normalize(), "f")) for tick in ticks),
        changes=tuple(round(x, 1) for x in changed),
        target=None if target is None else _y(target, ticks),
    )


def _x(month: date, span: Period) -> float:
    return round(LEFT + (WIDTH - LEFT - RIGHT) * _after(span.first, month) / (MONTHS - 1), 1)


def _after(first: date, month: date) -> int:
    return (month.year - first.year) * 12 + month.month - first.month


def _y(value: Decimal | None, ticks: Sequence[Decimal]) -> float:
    share = ((value or Decimal(0)) - ticks[0]) / (ticks[-1] - ticks[0])
    return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * float(share), 1)


def _ticks(values: Sequence[Decimal]) -> list[Decimal]:
    """Return round numbers, evenly spaced, that hold every value; from 0 unless the values lie far above it."""
    low, high = min(values), max(values)
    low = Decimal(0) if 0 <= low <= high / 2 else low
    step = _round_up((high - low) / MARKS) if high > low else _round_up((abs(high) or Decimal(1)) / MARKS)
    first = low // step * step - (step if low < 0 and low % step else 0)
    ticks = [first]
    while ticks[-1] < high or len(ticks) < 2:
        ticks.append(ticks[-1] + step)
    return ticks


def _round_up(number: Decimal) -> Decimal:
    """Return the smallest of 1, 2, 5 times a power of ten that is not below a number above 0."""
    power = Decimal(1).scaleb(number.adjusted())
    return next(power * times for times in (1, 2, 5, 10) if power * times >= number)


def _lines(dots: Sequence[Dot]) -> Iterator[str]:
    """Yield the points of each unbroken run of months, as a polyline wants them."""
    runs = groupby(enumerate(dots), lambda pair: pair[1].point.month.year * 12 + pair[1].point.month.month - pair[0])
    for _start, run in runs:
        found = [dot for _place, dot in run]
        if len(found) > 1:
            yield " ".join(f"{dot.x},{dot.y}" for dot in found)


def _months(span: Period) -> Iterator[Mark]:
    """Yield the Januaries and Julys, written as 2026-01."""
    for place in range(MONTHS):
        month = add_months(span.first, place)
        if month.month in (1, 7):
            yield Mark(_x(month, span), f"{month:%Y-%m}")
