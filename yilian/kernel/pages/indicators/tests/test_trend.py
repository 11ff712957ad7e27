"""The geometry of a trend: gaps stay gaps, round ticks hold every value, a changed formula is marked."""

from datetime import date
from decimal import Decimal

import pytest

from yilian.kernel.clock.periods import add_months
from yilian.kernel.indicators.results import Point
from yilian.kernel.pages.indicators.trend import HEIGHT, LEFT, WIDTH, span_of, trend

SPAN = span_of(date(2026, 11, 22))


def months(*values, digest=b"a"):
    """Return the last months of the span with these values."""
    first = add_months(date(2026, 12, 1), -len(values))
    return [
        Point(add_months(first, place), 1, 1, None if value is None else Decimal(value), digest)
        for place, value in enumerate(values)
    ]


def test_the_span_is_thirty_six_months_that_end_with_the_one_asked_for():
    assert (SPAN.first, SPAN.last) == (date(2023, 12, 1), date(2026, 11, 22))


@pytest.mark.parametrize("values", [(), (5,), (None, 5, None)])
def test_fewer_than_two_known_months_make_no_trend(values):
    assert trend(months(*values), SPAN) is None


def test_an_unknown_month_breaks_the_line():
    drawn = trend(months(1, 2, None, 3, 4, 5), SPAN)
    assert [len(line.split()) for line in drawn.lines] == [2, 3]
    assert len(drawn.dots) == 5


@pytest.mark.parametrize(
    "values", [(0, 0), (5, 5), (1, 1000000), ("-3.2", "7.1"), ("96.5", "99.9"), ("0.01", "0.02"), (-5, -5)]
)
def test_every_value_lies_inside_the_axes(values):
    drawn = trend(months(*values), SPAN, target=Decimal(values[0]))
    assert all(LEFT <= dot.x <= WIDTH and 0 <= dot.y <= HEIGHT for dot in drawn.dots)
    assert 0 <= drawn.target <= HEIGHT
    assert 2 <= len(drawn.up) <= 7


def test_another_definition_is_marked_between_the_months():
    points = [*months(1, 2, 3)[:2], *months(1, 2, 3, digest=b"b")[2:]]
    drawn = trend(points, SPAN)
    assert len(drawn.changes) == 1
    assert drawn.dots[1].x < drawn.changes[0] < drawn.dots[2].x
