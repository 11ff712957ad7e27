"""How a consortium stands, from its dates and results alone."""

from datetime import date

import pytest

from yilian.domains.alliance.standing import Result, Standing, fails_in_a_row, standing_from

ON = date(2026, 11, 21)


def results(**years):
    return [Result(int(year[1:]), passed) for year, passed in years.items()]


@pytest.mark.parametrize(
    ("years", "fails"),
    [
        ({}, 0),
        ({"y2025": True}, 0),
        ({"y2025": False}, 1),
        ({"y2024": False, "y2025": False}, 2),
        ({"y2023": False, "y2025": False}, 1),
        ({"y2023": False, "y2024": True, "y2025": False}, 1),
        ({"y2024": False, "y2025": True}, 0),
    ],
)
def test_failed_years_count_only_in_a_row(years, fails):
    assert fails_in_a_row(results(**years)) == fails


@pytest.mark.parametrize(
    ("years", "facts", "standing"),
    [
        ({}, {}, Standing.ACTIVE),
        ({"y2025": False}, {}, Standing.YELLOW),
        ({"y2024": False, "y2025": False}, {}, Standing.ORDERED),
        ({"y2025": True}, {"ending_cause": "voluntary"}, Standing.WINDING_UP),
        ({"y2025": False}, {"ending_cause": "failed"}, Standing.ORDERED),
        ({}, {"ended_on": ON}, Standing.DISSOLVED),
        ({}, {"ended_on": date(2026, 11, 22)}, Standing.ACTIVE),
    ],
)
def test_standing(years, facts, standing):
    facts = {"ended_on": None, "ending_cause": None, **facts}
    assert standing_from(results(**years), on=ON, **facts) == standing
