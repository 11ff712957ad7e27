"""Limits of control charts, against values worked out by hand."""

from decimal import Decimal
from random import Random

import pytest

from yilian.domains.qualityreport.control import Month, runs, share_limits, single_limits

MONTHS = [f"2026-{number:02d}" for number in range(1, 13)]


def shares(*rows):
    return [
        Month(month, None if not whole else Decimal(part * 100) / whole, part, whole)
        for month, (part, whole) in zip(MONTHS, rows, strict=False)
    ]


def singles(*values):
    return [
        Month(month, None if value is None else Decimal(value)) for month, value in zip(MONTHS, values, strict=False)
    ]


def test_limits_of_shares_widen_where_rows_are_few():
    found = share_limits(shares((80, 100), (90, 100), (20, 25), (0, 0)))
    assert found.centre == Decimal("84.44")
    first, _second, third, fourth = found.months
    # 84.444 ± 3 · sqrt(0.84444 · 0.15556 / 100) · 100, and / 25
    assert (first.low, first.high) == (Decimal("73.57"), Decimal("95.32"))
    assert (third.low, third.high) == (Decimal("62.70"), Decimal("100.00"))
    assert (fourth.value, fourth.low, fourth.high) == (None, None, None)
    assert share_limits(shares((0, 0), (0, 0))) is None


def test_limits_of_single_values_come_from_moving_ranges():
    found = single_limits(singles(10, 12, 11, 13))
    # mean 11.5, moving ranges 2, 1, 2
    assert (found.centre, found.months[0].low, found.months[0].high) == (
        Decimal("11.50"), Decimal("7.07"), Decimal("15.93"),
    )  # fmt: skip
    assert single_limits(singles(3)) is None
    assert single_limits(singles(0, 9, 0, 9)).months[0].low == 0
    assert single_limits(singles(-5, 5, -5)).months[0].low < -5


def test_a_point_outside_is_seen_and_an_unknown_month_is_not():
    found = single_limits(singles(10, 11, 10, 11, None, 10, 11, 40))
    assert [month.month for month in found.months if month.is_above] == ["2026-08"]
    assert not found.months[4].is_above
    assert not found.months[4].is_below


def test_a_run_on_one_side_is_a_finding():
    found = single_limits(singles(1, 1, 1, 1, 9, 9, 9, 9, 9))
    assert runs(found, 5) == [("2026-05", "2026-09", True)]
    assert runs(found, 4)[0] == ("2026-01", "2026-04", False)
    assert runs(found, 6) == []


@pytest.mark.parametrize("seed", range(20))
def test_limits_of_shares_stay_between_nothing_and_all(seed):
    chance = Random(seed)
    rows = [sorted((chance.randrange(50), chance.randrange(50))) for _month in range(chance.randrange(2, 12))]
    found = share_limits(shares(*rows))
    for month in found.months if found else ():
        if month.value is not None:
            assert 0 <= month.low <= found.centre <= month.high <= 100


@pytest.mark.parametrize("values", [(5, 5, 5, 5), (None, None, 3, 3)])
def test_a_process_that_never_moves_has_narrow_limits(values):
    found = single_limits(singles(*values))
    known = [month for month in found.months if month.value is not None]
    assert all(month.low == month.high == found.centre for month in known)
    assert not any(month.is_above or month.is_below for month in known)
