"""The periods of a clause: calendar months, or parts of its own term counted from its first day."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from yilian.kernel.clock.periods import add_months, period_of
from yilian.registry.clauses import Duty

Span = tuple[date, date, bool]
"""First day, last day, and whether the period is as long as it should be."""


def periods(first: date, last: date, months: int, on: date) -> Iterator[Span]:
    """Yield the periods that have begun by a day. `months` 0 means calendar months, cut to the term but whole.

    Others are that long and begin where the one before ended; the last may be cut short.
    """
    end = min(last, on)
    if not months:
        begin = first
        while begin <= end:
            stop = min(period_of(begin, 1).last, last)
            yield begin, stop, True
            begin = stop + timedelta(days=1)
        return
    for count in range((end.year - first.year) * 12 // months + 13):
        begin = add_months(first, count * months)
        if begin > end:
            return
        stop = add_months(first, (count + 1) * months) - timedelta(days=1)
        yield begin, min(stop, last), stop <= last


def moments_of(duty: Duty) -> tuple[datetime, datetime]:
    """Return the moments at which the period of a duty begins and is over."""
    return _start(duty.first), _start(duty.last + timedelta(days=1))


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
