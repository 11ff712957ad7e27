"""Calendar arithmetic: leap years, month ends, quarters, and labels that read back."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yilian.kernel.clock.periods import (
    BadPeriodError,
    Period,
    add_months,
    add_years,
    months_between,
    parse,
    period_of,
)

days = st.dates(date(1950, 1, 1), date(2150, 12, 31))
lengths = st.sampled_from([1, 3, 6, 12])


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 2, 29), 36, date(2027, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 1, 15), -13, date(2024, 12, 15)),
    ],
)
def test_a_month_that_lacks_the_day_gives_its_last(day, months, expected):
    assert add_months(day, months) == expected


@given(day=days, years=st.integers(-40, 40))
def test_years_keep_the_day_except_in_february(day, years):
    there = add_years(day, years)
    assert there.year == day.year + years
    assert there.month == day.month
    assert there.day == day.day or (day.month, day.day, there.day) == (2, 29, 28)


@given(day=days, months=st.integers(0, 600))
def test_added_months_are_counted_again(day, months):
    assert months_between(day, add_months(day, months)) in (months, months - 1)
    assert months_between(day, add_months(day, months)) == months or add_months(day, months).day < day.day


@given(day=days, months=lengths)
def test_a_calendar_period_holds_its_day_and_touches_its_neighbours(day, months):
    period = period_of(day, months)
    assert day in period
    assert period.months == months
    assert period.first.day == 1
    assert (period.last + timedelta(days=1)).day == 1
    assert period.after().before() == period
    assert period.after().first == period.last + timedelta(days=1)


@given(day=days)
def test_four_quarters_make_the_year(day):
    year = period_of(day, 12)
    quarter, found = period_of(year.first, 3), []
    while quarter.first in year:
        found.append(quarter)
        quarter = quarter.after()
    assert len(found) == 4
    assert found[-1].last == year.last


@given(first=days, length=st.integers(0, 800))
def test_labels_read_back(first, length):
    period = Period(first, first + timedelta(days=length))
    assert parse(period.label) == period


@given(day=days, months=lengths)
def test_calendar_labels_read_back(day, months):
    assert parse(period_of(day, months).label) == period_of(day, months)


def test_labels_are_short():
    assert [period_of(date(2026, 11, 21), months).label for months in (1, 3, 6, 12)] == [
        "2026-11",
        "2026Q4",
        "2026H2",
        "2026",
    ]


@pytest.mark.parametrize("text", ["", "2026Q5", "2026-13", "26", "2026-02-30..2026-03-01", "2026-03-02..2026-03-01"])
def test_what_names_no_period_is_refused(text):
    with pytest.raises(BadPeriodError):
        parse(text)


def test_the_last_day_belongs_to_the_period_and_the_next_does_not(settings):
    settings.TIME_ZONE = "Asia/Shanghai"
    period = parse("2026-02")
    assert period.end_at - period.start_at == timedelta(days=28)
    assert (date(2026, 2, 28) in period, date(2026, 3, 1) in period) == (True, False)
