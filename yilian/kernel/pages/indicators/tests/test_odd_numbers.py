"""Numbers that are odd are said to be: nothing in the denominator, months of other lengths, another definition."""

from datetime import UTC, date, datetime

import pytest

from tests.world import COUNTY
from yilian.kernel.clock import standing_at
from yilian.kernel.indicators.storing import Result, store

STAY, SHARE = "service.stay_days", "service.primary_share"


@pytest.fixture
def page(world, client):
    """Read as the office of the county, at a time in autumn 2026."""
    client.force_login(world.user("office", at=COUNTY))
    with standing_at(datetime(2026, 11, 22, 4, tzinfo=UTC)):
        yield lambda address: client.get(address).content.decode()


def keep(world, key, months, digests=(b"a",)):
    """Store months {(year, month): (part, whole)}, by the last of the digests from the second one on."""
    place = world.place(COUNTY).pk
    held = [
        Result(key, place, None, date(*month, 1), part, whole, digests[min(number, len(digests) - 1)])
        for number, (month, (part, whole)) in enumerate(months.items())
    ]
    store(held, covers=[], months=[], at=datetime(2026, 11, 21, tzinfo=UTC))


def test_a_ratio_of_nothing_says_so_and_is_not_zero(world, page):
    keep(world, SHARE, {(2026, 9): (0, 0)})
    shown = page(f"/indicators/?period=2026-09&theme={SHARE.split('.')[0]}")
    assert "分母为零" in shown
    assert "无数据" in page(f"/indicators/{SHARE}/?period=2026-09")


def test_months_of_different_length_are_added_before_they_are_divided(world, page):
    keep(world, STAY, {(2026, 1): (310, 31), (2026, 2): (28, 14), (2026, 3): (0, 0)})
    shown = page(f"/indicators/{STAY}/?period=2026Q1")
    assert "7.51 天" in shown, "338 days of 45 stays; the mean of the months would be 6"
    assert "不取各月比率的平均" in shown


def test_a_leap_february_is_compared_with_the_whole_one_before(world, page):
    keep(world, STAY, {(2023, 2): (28, 14), (2024, 2): (58, 14)})
    shown = page(f"/indicators/{STAY}/?period=2024-02")
    assert "2 天（同比 +107.0%）" in shown


def test_a_definition_that_changed_within_the_period_is_said(world, page):
    keep(world, STAY, {(2026, 4): (30, 10), (2026, 5): (30, 10)}, digests=(b"old", b"new"))
    assert "期内口径有变更" in page("/indicators/?period=2026Q2&q=平均住院日")
    assert "期内口径有变更" not in page("/indicators/?period=2026-05&q=平均住院日")
