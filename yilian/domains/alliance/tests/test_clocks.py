"""The clocks as arithmetic: edge days, leap days, and what must hold for every date."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yilian.domains.alliance import clocks
from yilian.kernel.clock.periods import months_between

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("founded_on", "first"),
    [
        (date(2026, 1, 15), date(2026, 7, 15)),
        (date(2025, 8, 31), date(2026, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2024, 2, 29), date(2024, 8, 29)),
    ],
)
def test_half_a_year(founded_on, first):
    assert clocks.assessable_from(founded_on) == first


@given(DAYS)
def test_the_day_before_is_never_half_a_year(founded_on):
    first = clocks.assessable_from(founded_on)
    assert months_between(founded_on, first) == 6
    assert months_between(founded_on, first - DAY) == 5


@given(DAYS)
def test_a_ban_ends_the_day_before_one_may_apply_and_lasts_three_years(dissolved_on):
    last = clocks.banned_until(dissolved_on)
    assert clocks.may_apply_from(dissolved_on) == last + DAY
    assert months_between(dissolved_on, last) == 36
    assert last.year == dissolved_on.year + 3


def test_a_ban_from_a_leap_day():
    assert clocks.may_apply_from(date(2028, 2, 29)) == date(2031, 3, 1)


@given(DAYS)
def test_terms_follow_each_other_without_gap_or_overlap(since_on):
    last = clocks.term_until(since_on)
    assert clocks.term_until(last + DAY) > last
    assert months_between(since_on, last + DAY) == 48


@given(DAYS, st.integers(1, 10))
def test_years_of_operation_are_full_on_the_anniversary(began_on, years):
    full = clocks.has_operated_from(began_on, years)
    assert months_between(began_on, full) == 12 * years
    assert months_between(began_on, full - DAY) < 12 * years


@given(*[st.none() | DAYS] * 4)
def test_a_plaque_lapses_at_the_earliest_cause_or_never(surrendered, left, ended, dissolved):
    lapse = clocks.plaque_lapse(surrendered_on=surrendered, left_on=left, ended_on=ended, dissolved_on=dissolved)
    days = [day for day in (surrendered, left, ended, dissolved) if day]
    assert (lapse is None) == (not days)
    if lapse:
        assert min(days) <= lapse.on <= min(days) + DAY


def test_a_plaque_is_valid_on_the_last_day_of_the_institution():
    lapse = clocks.plaque_lapse(surrendered_on=None, left_on=None, ended_on=date(2026, 5, 31), dissolved_on=None)
    assert (lapse.on, lapse.why) == (date(2026, 6, 1), "ended")
