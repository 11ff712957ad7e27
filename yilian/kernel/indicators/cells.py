"""Which rows of an answer make up each number: added up where they add up, none where nothing happened.

It is the same for everything that one question asked, so it is found out once and not for each indicator.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from yilian.kernel.indicators.engines.question import Answer
from yilian.kernel.indicators.planning import Ground

Cell = tuple[int | None, int | None, int]
"""Institution, consortium, first month of the span; an institution's own has no consortium and vice versa."""
Cells = dict[Cell, list[int]]
"""Of each number the places of its rows in the answer."""
Column = Sequence[int | None]


def added_up(rows: Sequence[Answer], on: Ground, *, is_fed: bool, is_own: bool = False) -> Cells:
    """Return the numbers of institutions and consortia from rows by institution that add up.

    Of rows that are fed an institution has a number within a consortium only where the definition `is_own` there.
    """
    found: Cells = {}
    for place, (institution, consortium, month, _numbers) in enumerate(rows):
        if institution is not None:
            for cell in _cells(institution, consortium, month, on, is_fed, is_own):
                found.setdefault(cell, []).append(place)
    return found


def apart(rows: Sequence[Answer]) -> Cells:
    """Return each row as a number of its own: different things do not add up."""
    return {
        (institution, consortium, span): [place]
        for place, (institution, consortium, span, _numbers) in enumerate(rows)
        if (institution, consortium) != (None, None)
    }


def nothing(spans: Iterable[int], on: Ground) -> Cells:
    """Return numbers without rows for every institution and membership: of rows of our own absence is known."""
    found: Cells = {}
    for span in spans:
        found |= {(institution, None, span): [] for institution in on.institutions}
        for institution, consortia in on.circles.get(span, {}).items():
            for consortium in consortia:
                found[institution, consortium, span] = []
                found[None, consortium, span] = []
    return found


def sums(cells: Cells, columns: Sequence[Column]) -> list[list[int | None]]:
    """Return each column (numerator; of a ratio also denominator) summed for every number; None is unknown.

    A row of which one side is unknown is left out, numerator and denominator alike; a number that has only such rows
    is unknown, and one without rows is zero.
    """
    rows: list[list[int] | None] = [*cells.values()]
    if any(None in column for column in columns):
        known = {place for place, values in enumerate(zip(*columns, strict=True)) if None not in values}
        rows = [[place for place in places if place in known] or (None if places else []) for places in cells.values()]
    return [_summed(rows, column) for column in columns]


def _summed(rows: Iterable[list[int] | None], column: Column) -> list[int | None]:
    """Return a column summed over the known rows of every number; there are hundreds of thousands."""
    at: Callable[[int], Any] = column.__getitem__
    return [None if places is None else at(places[0]) if len(places) == 1 else sum(map(at, places)) for places in rows]


def _cells(
    institution: int, consortium: int | None, month: int, on: Ground, is_fed: bool, is_own: bool
) -> Iterable[Cell]:
    yield institution, None, month
    if is_fed:
        circles = on.circles_of(institution, month)
        yield from ((None, circle, month) for circle in circles)
        yield from ((institution, circle, month) for circle in circles if is_own)
    elif consortium is not None:
        yield institution, consortium, month
        yield None, consortium, month
