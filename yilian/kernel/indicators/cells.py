"""From groups of an engine to the numbers that are kept: rolled up where they add up, zero where nothing happened."""

from collections.abc import Iterable

from yilian.kernel.indicators.planning import Ground

Cell = tuple[int | None, int | None, int]
"""Institution, consortium, first month of the span; an institution's own has no consortium and vice versa."""
Pair = tuple[int | None, int | None]
"""Numerator and denominator; the first None is unknown, the second also where there is none."""
Group = tuple[int | None, int | None, int, Pair]


def added_up(
    groups: Iterable[Group], on: Ground, *, is_ratio: bool, is_fed: bool, is_own: bool = False
) -> dict[Cell, Pair]:
    """Return the numbers of institutions and consortia from groups that add up.

    Of rows that are fed an institution has a number within a consortium only where the definition `is_own` there.

    What is unknown of an institution is left out of the number of its consortium, numerator and denominator alike.
    """
    found: dict[Cell, Pair] = {}
    for institution, consortium, month, pair in groups:
        if institution is None:
            continue
        for cell in _cells(institution, consortium, month, on, is_fed, is_own):
            found[cell] = _together(found.get(cell), pair, is_ratio)
    return found


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


def _together(one: Pair | None, other: Pair, is_ratio: bool) -> Pair:
    if one is None or is_unknown(one, is_ratio):
        return other
    if is_unknown(other, is_ratio):
        return one
    part = (one[0] or 0) + (other[0] or 0)
    return part, (one[1] or 0) + (other[1] or 0) if is_ratio else None


def is_unknown(pair: Pair, is_ratio: bool) -> bool:
    """Say whether nobody knows the number: also a ratio of which one side is not known."""
    return pair[0] is None or (is_ratio and pair[1] is None)


def zeros(months: Iterable[int], on: Ground, *, is_ratio: bool) -> dict[Cell, Pair]:
    """Return nothing of nothing for every institution and membership: for rows of our own, whose absence is known."""
    nothing: Pair = (0, 0 if is_ratio else None)
    found: dict[Cell, Pair] = {}
    for month in months:
        for institution in on.institutions:
            found[institution, None, month] = nothing
        for institution, consortia in on.circles.get(month, {}).items():
            for consortium in consortia:
                found[institution, consortium, month] = nothing
                found[None, consortium, month] = nothing
    return found
