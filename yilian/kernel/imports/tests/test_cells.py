"""Cells become values, or sentences."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yilian.kernel.imports.cells import CellError, as_text, day, decimal, one_of, several, text, whole, yes_no


@pytest.mark.parametrize(
    ("cell", "value"),
    [(" 王喆 ", "王喆"), (12.0, "12"), (1.5, "1.5"), (True, "是"), (date(2026, 1, 31), "2026-01-31"), (0.0, "0")],
)
def test_cells_read_as_a_person_reads_them(cell, value):
    assert as_text(cell) == value


def test_a_long_number_has_lost_digits_already():
    with pytest.raises(CellError, match="文本格式"):
        text()(4.2010619680229e17)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_days_are_read_in_every_usual_way(on):
    ways = (on, datetime(on.year, on.month, on.day, 8), f"{on:%Y-%m-%d}", f"{on:%Y%m%d}", f"{on:%Y/%m/%d}",
            f"{on.year}.{on.month}.{on.day}", f"{on.year}年{on.month}月{on.day}日", float(f"{on:%Y%m%d}"))  # fmt: skip
    assert {day(way) for way in ways} == {on}


@pytest.mark.parametrize("cell", ["2026-02-30", "31/01/2026", "昨天", 12.0, "2026", True])
def test_what_is_no_day_says_how_to_write_one(cell):
    with pytest.raises(CellError, match="2026-01-31"):
        day(cell)


@pytest.mark.parametrize("cell", ["3", 3.0, " 3 ", "3.0"])
def test_whole_numbers(cell):
    assert whole(1, 9)(cell) == 3


@pytest.mark.parametrize("cell", ["", "三", 3.5, "10", -1, True, "nan", "1e400"])
def test_what_is_no_whole_number_within_bounds(cell):
    with pytest.raises(CellError, match="整数"):
        whole(1, 9)(cell)


def test_decimals_are_rounded_to_their_places():
    assert decimal("-90", "90", 6)("30.12345678") == Decimal("30.123457")
    with pytest.raises(CellError):
        decimal("-90", "90", 6)("90.1")


def test_words_and_lists():
    assert [yes_no(word) for word in ("是", "否", True)] == [True, False, True]
    assert several("03.01、03.04；04, 05\n06") == ["03.01", "03.04", "04", "05", "06"]
    with pytest.raises(CellError, match="男、女"):
        one_of({"男": "1", "女": "2"})("M")
    with pytest.raises(CellError, match="不在可选范围"):
        one_of({str(number): number for number in range(20)})("x")
