"""Lines begin at zero, break where nobody knows the value, and stay inside their frame."""

from decimal import Decimal

import pytest

from yilian.kernel.charts.plot import Frame, Plot

STEPS = [f"2026-{month:02d}" for month in range(1, 7)]


def test_a_line_breaks_where_a_value_is_unknown():
    plot = Plot(STEPS, [("率", [1, 2, None, 4, None, 6])])
    (curve,) = plot.curves
    assert curve.path.count("M") == 3
    assert [dot.step for dot in curve.dots] == ["2026-01", "2026-02", "2026-04", "2026-06"]
    assert curve.last.value == 6


def test_the_axis_begins_at_zero_and_holds_limits():
    plot = Plot(STEPS, [("率", [Decimal("96.2"), 97, 98, 97, 96, 95])], also=[104.9])
    words = [tick.word for tick in plot.ticks]
    assert (words[0], float(words[-1]) >= 105) == ("0", True)
    frame = plot.frame
    assert all(frame.top <= plot.y(value) <= frame.floor for value in (0, 96.2, 104.9))


def test_an_axis_may_begin_where_the_values_do():
    plot = Plot(STEPS, [("率", [Decimal("27.1"), 27, Decimal("27.4"), 27, 28, 27])], from_zero=False)
    words = [float(tick.word) for tick in plot.ticks]
    assert (words[0] >= 26, words[0] <= 27, words[-1] >= 28) == (True, True, True)
    assert (
        Plot(STEPS, [("率", [5] * 6)], from_zero=False).y(5)
        == Plot(STEPS, [("率", [5] * 6)], from_zero=False).frame.floor
    )


@pytest.mark.parametrize("values", [[None] * 6, [0] * 6, [-3, 2, 1, 0, 5, 4], [10**9] * 6])
def test_odd_values_stay_in_the_frame(values):
    plot = Plot(STEPS, [("数", values)], frame=Frame(200, 100))
    assert plot.is_empty == (values[0] is None)
    assert all(0 <= dot.y <= 100 and 0 <= dot.x <= 200 for curve in plot.curves for dot in curve.dots)


def test_the_last_step_is_always_named():
    marks = Plot([str(step) for step in range(36)], [("数", range(36))], marks=5).marks
    assert marks[-1].word == "35"
    assert len(marks) <= 5
    assert Plot(["只有一月"], [("数", [1])]).marks[0].word == "只有一月"
