"""Periods of clauses: calendar months, or parts of the term of the agreement."""

from datetime import date

import pytest

from yilian.domains.agreement.checking.periods import periods


@pytest.mark.parametrize(
    ("months", "on", "expected"),
    [
        (0, date(2026, 3, 15), ["01-20/01-31", "02-01/02-28", "03-01/03-31"]),
        (0, date(2026, 1, 19), []),
        (1, date(2026, 3, 15), ["01-20/02-19", "02-20/03-19"]),
        (3, date(2027, 1, 1), ["01-20/04-19", "04-20/07-19", "07-20/10-19", "10-20/12-31*"]),
        (12, date(2026, 1, 20), ["01-20/12-31*"]),
    ],
)
def test_periods_that_have_begun(months, on, expected):
    found = periods(date(2026, 1, 20), date(2026, 12, 31), months, on)
    assert [f"{a:%m-%d}/{b:%m-%d}{'' if whole else '*'}" for a, b, whole in found] == expected


def test_a_term_that_begins_on_the_last_day_of_a_month_keeps_to_month_ends():
    found = [(str(a), str(b)) for a, b, _whole in periods(date(2026, 1, 31), date(2026, 4, 30), 1, date(2026, 4, 30))]
    assert found == [("2026-01-31", "2026-02-27"), ("2026-02-28", "2026-03-30"), ("2026-03-31", "2026-04-29"),
                     ("2026-04-30", "2026-04-30")]  # fmt: skip
