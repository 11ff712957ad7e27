"""Gives the city two years before the one that was played: its finished referrals, copied to earlier days.

Every copy went through the engine and its rules when it was played; it differs from the original in its days, keys,
numbers, patient and seals only, and its history is sealed anew.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from django.db import connections, transaction

from yilian.config.demo.bulk import KEPT_BY_TRIGGER
from yilian.config.demo.families import Family, read_families
from yilian.config.demo.multiplying import OWNER, People, Size, copy_families
from yilian.kernel import clock
from yilian.kernel.clock.periods import Period, add_months, period_of

TOLD = 36
"""Months that the city has something to show for, the running one apart."""
YEAR, DAYS, WEEK = timedelta(days=365), 30, 7
FIRST, LAST = 14, 48
"""Referrals a month at the beginning of the past and at its end: it leads up to the year that was played."""
SEASON = (1.05, 0.75, 1.05, 1.0, 0.95, 0.95, 1.0, 1.0, 0.95, 0.9, 1.1, 1.2)
"""How much more or less than usual in each month of the year: few in the month of the Spring Festival."""
MODELS = 120
"""Patients of the played year whose cases are copied."""
USED = 30_000
"""Serials left to the city and to those who are copied at the same time in identity numbers of any birthday."""


def bring_past(*, seed: int) -> Size:
    """Copy finished referrals into the months before the played year; return how many patients and referrals came."""
    chance = Random(seed)  # noqa: S311 - repeatable on purpose
    with transaction.atomic(using=OWNER), connections[OWNER].cursor() as cursor:
        families = read_families(OWNER, finished=MODELS)
        copied = [item for month in _months() for item in _of_month(month, families, chance)]
        if copied:
            for table in KEPT_BY_TRIGGER:
                cursor.execute(f"alter table {table} disable trigger user")
            copy_families(copied, People(chance, USED), cursor)
            cursor.execute("set constraints all immediate")  # what is checked at the end bars triggers from standing up
            for table in KEPT_BY_TRIGGER:
                cursor.execute(f"alter table {table} enable trigger user")
    return Size(len(copied), sum(family.referrals for family, _earlier in copied))


def _months() -> Iterator[Period]:
    """Yield the months of the past, of the last one the days before the played year."""
    first, end = _begin(), clock.today() - YEAR
    while first < end:
        month = period_of(first, 1)
        yield Period(month.first, min(month.last, end))
        first = month.after().first


def _begin() -> date:
    return add_months(period_of(clock.today(), 1).first, -TOLD)


def _of_month(month: Period, families: Sequence[Family], chance: Random) -> Iterator[tuple[Family, timedelta]]:
    """Yield families and how much earlier they began, as many as this month had referrals."""
    length = (month.last - month.first).days + 1
    wanted = _usual(month.first) * SEASON[month.first.month - 1] * length / DAYS
    while wanted > 0 and families:
        family = chance.choice(families)
        days = (family.began_on - month.first).days - chance.randrange(length)
        yield family, timedelta(days=days + -days % WEEK)  # on the same day of the week
        wanted -= family.referrals


def _usual(first: date) -> float:
    """Return how many referrals a month of this time has, before the season."""
    share = (first - _begin()) / (clock.today() - YEAR - _begin())
    return FIRST + (LAST - FIRST) * share
