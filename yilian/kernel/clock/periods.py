"""Calendar arithmetic: months and years that end where a calendar ends, and periods to count in.

A length of months or years ends on the same day number, or on the last day of the month that lacks it
(《民法典》第二百零二条), so three years from 29 February 2028 end on 28 February 2031.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

_FORMS = (
    (re.compile(r"(\d{4})"), 12),
    (re.compile(r"(\d{4})H([12])"), 6),
    (re.compile(r"(\d{4})Q([1-4])"), 3),
    (re.compile(r"(\d{4})-(0[1-9]|1[0-2])"), 1),
)
_SPAN = re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})")


class BadPeriodError(ValueError):
    """A text names no period, or a period ends before it begins."""


def add_months(day: date, months: int) -> date:
    """Return the day this many calendar months later (earlier, if negative)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def add_years(day: date, years: int) -> date:
    """Return the day this many calendar years later (earlier, if negative)."""
    return add_months(day, 12 * years)


def months_between(first: date, last: date) -> int:
    """Return how many whole calendar months lie between two days; 0 when the second is earlier."""
    if last < first:
        return 0
    months = (last.year - first.year) * 12 + last.month - first.month
    return months if add_months(first, months) <= last else months - 1


@dataclass(frozen=True, order=True)
class Period:
    """Some days, the first and the last included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise BadPeriodError(f"{self.first}..{self.last}")

    @property
    def months(self) -> int | None:
        """Return 1, 3, 6 or 12 when the period is exactly that part of a calendar year, else None."""
        for length in (1, 3, 6, 12):
            if self == period_of(self.first, length):
                return length
        return None

    @property
    def label(self) -> str:
        """Return 2026, 2026H1, 2026Q3, 2026-05, or 2026-05-01..2026-06-15; `parse` reads it back."""
        match self.months:
            case 12:
                return f"{self.first:%Y}"
            case 6:
                return f"{self.first:%Y}H{(self.first.month + 5) // 6}"
            case 3:
                return f"{self.first:%Y}Q{(self.first.month + 2) // 3}"
            case 1:
                return f"{self.first:%Y-%m}"
        return f"{self.first}..{self.last}"

    @property
    def start_at(self) -> datetime:
        """Return the moment it begins, in the time zone of the installation."""
        return timezone.make_aware(datetime.combine(self.first, time.min))

    @property
    def end_at(self) -> datetime:
        """Return the moment after it: a moment lies inside when start_at <= moment < end_at."""
        return timezone.make_aware(datetime.combine(self.last + timedelta(days=1), time.min))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def before(self) -> "Period":
        """Return the period of the same length that ends the day before this one begins."""
        if months := self.months:
            return period_of(self.first - timedelta(days=1), months)
        return Period(self.first - (self.last - self.first) - timedelta(days=1), self.first - timedelta(days=1))

    def after(self) -> "Period":
        """Return the period of the same length that begins the day after this one ends."""
        if months := self.months:
            return period_of(self.last + timedelta(days=1), months)
        return Period(self.last + timedelta(days=1), self.last + (self.last - self.first) + timedelta(days=1))


def period_of(day: date, months: int) -> Period:
    """Return the calendar month (1), quarter (3), half year (6) or year (12) that holds this day."""
    if months not in (1, 3, 6, 12):
        raise BadPeriodError(months)
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    return Period(first, add_months(first, months) - timedelta(days=1))


def parse(text: str) -> Period:
    """Return the period that a label names; raise BadPeriodError for anything else."""
    if span := _SPAN.fullmatch(text):
        try:
            return Period(date.fromisoformat(span[1]), date.fromisoformat(span[2]))
        except ValueError as error:
            raise BadPeriodError(text) from error
    for form, months in _FORMS:
        if (found := form.fullmatch(text)) and int(found[1]) > 0:
            part = int(found[2]) if found.lastindex == 2 else 1
            return period_of(date(int(found[1]), (part - 1) * months + 1, 1), months)
    raise BadPeriodError(text)
