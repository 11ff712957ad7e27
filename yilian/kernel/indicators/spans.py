"""Months as numbers (yyyymm) and the quarters, half years and years they lie in."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from yilian.kernel.clock.periods import Period, add_months

Span = tuple[int, int]
"""The first month (yyyymm) and the length in months."""
LENGTHS = (1, 3, 6, 12)
"""The spans, in months, for which different things are counted; a calendar has no others."""


@lru_cache(1024)
def first_day(month: int) -> date:
    """Return the first day of a month."""
    return date(month // 100, month % 100, 1)


def number(day: date) -> int:
    """Return the month a day lies in."""
    return day.year * 100 + day.month


def span_of(month: int, length: int) -> int:
    """Return the first month of the quarter (3), half year (6) or year (12) of a month."""
    return month // 100 * 100 + (month % 100 - 1) // length * length + 1


def months_in(span: int, length: int) -> list[int]:
    """Return the months of a span."""
    return [span + place for place in range(length)]


def between(first: int, last: int) -> list[int]:
    """Return all months from the first to the last, both included; none if the last comes before."""
    found, day = [], first_day(first)
    while number(day) <= last:
        found.append(number(day))
        day = add_months(day, 1)
    return found


def of_period(period: Period) -> list[int]:
    """Return the months that a period touches."""
    return between(number(period.first), number(period.last))


def by_year(months: Iterable[int]) -> dict[int, list[int]]:
    """Return months by their year, so that no question is longer than a year."""
    found: dict[int, list[int]] = {}
    for month in sorted(months):
        found.setdefault(month // 100, []).append(month)
    return found
