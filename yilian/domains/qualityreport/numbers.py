"""What reports are written from: stored results of members, and the months of the lead's departments."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from yilian.kernel import clock
from yilian.kernel.clock.periods import Period, add_months
from yilian.kernel.indicators.indicator import Direction, Indicator, indicators
from yilian.kernel.indicators.inside import months_inside
from yilian.kernel.indicators.results import Point, Total, series, totals

BASE_MONTHS = 24
"""Months before the quarter that its limits are computed from, together with those of the quarter."""
Months = Mapping[date, tuple[int, int]]


@dataclass(frozen=True)
class Numbers:
    """What is known of several members or departments: each part is {indicator: {member or department: …}}.

    `group` is what they are compared with: the consortium, or of departments the whole lead.
    """

    quarter: Period
    now: Mapping[str, Mapping[int | None, Total]]
    before: Mapping[str, Mapping[int | None, Total]]
    group: Mapping[str, Mapping[int | None, Total]]
    months: Mapping[str, Mapping[int | None, list[Point]]]

    def is_known(self, member_id: int) -> bool:
        """Say whether anything is known of a member in the quarter."""
        return any(by_place[member_id].value is not None for by_place in self.now.values())


def read_numbers(consortium_id: int, member_ids: Sequence[int], quarter: Period) -> Numbers:
    """Return the numbers of these members by four statements, as far as the scope sees them.

    What is only said of a whole county (`Indicator.level`) is no number of a member.
    """
    keys = [item.key for item in indicators if item.direction != Direction.NONE and "institution" in item.level]
    own = {"institution_ids": list(member_ids), "consortium_id": consortium_id}
    return Numbers(
        quarter,
        totals(keys, **own, period=quarter),
        totals(keys, **own, period=quarter.before()),
        totals(keys, consortium_id=consortium_id, period=quarter),
        series(keys, **own, period=_span(quarter)),
    )


def numbers_inside(consortium_id: int, lead_id: int, quarter: Period, departments: Sequence[int]) -> Numbers:
    """Return the numbers of departments of the lead, counted now: two statements for each indicator that has them."""
    counted = {item: months_inside(item, lead_id, consortium_id, _span(quarter)) for item in indicators if item.inside}
    at, before = clock.now(), quarter.before()
    return Numbers(
        quarter,
        {item.key: {unit: _total(item, [of.get(unit, {})], quarter, at) for unit in departments}
         for item, of in counted.items()},
        {item.key: {unit: _total(item, [of.get(unit, {})], before, at) for unit in departments}
         for item, of in counted.items()},
        {item.key: {None: _total(item, list(of.values()), quarter, at)} for item, of in counted.items()},
        {item.key: {unit: _points(item, of.get(unit, {})) for unit in departments} for item, of in counted.items()},
    )  # fmt: skip


def _span(quarter: Period) -> Period:
    return Period(add_months(quarter.first, -BASE_MONTHS), quarter.last)


def _total(indicator: Indicator, units: Sequence[Months], period: Period, at: datetime) -> Total:
    """Add up the months of a period; our own rows are all there, so no month is missing."""
    pairs = [pair for of in units for month, pair in of.items() if period.first <= month <= period.last]
    part, whole = sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
    return Total(indicator.worth(part, whole), part, whole, period.months or 0, 0, at, 1)


def _points(indicator: Indicator, months: Months) -> list[Point]:
    return [Point(month, part, whole, indicator.worth(part, whole)) for month, (part, whole) in sorted(months.items())]
