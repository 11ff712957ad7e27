"""One indicator for many at once: measured once, counted in groups, so that a league costs as much as one value."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet

from yilian.kernel.clock.periods import Period
from yilian.kernel.indicators.evaluation import Value, share_of
from yilian.kernel.indicators.indicator import Amount, Extent, Share, indicators


def evaluate_each(
    key: str,
    column: str,
    *,
    period: Period,
    institution_id: int | None = None,
    consortium_id: int | None = None,
    groups: Iterable[Any] = (),
) -> dict[Any, Value]:
    """Evaluate an indicator for every value of a column of its rows.

    Groups without a row are not there, but for those named in `groups` of which a count of nothing is 0.
    With the institution as column each value is what `evaluate` gives for that institution, rows included, for a
    measure that narrows by this column alone. Raises UnknownKeyError, and TypeError for an amount that was added up
    beforehand: it cannot be parted (see Amount.of).
    """
    indicator, extent = indicators[key], Extent(period, institution_id, consortium_id)
    measured = indicator.measure(extent) if indicator.measure else None
    if measured is None:
        return {}
    if isinstance(measured, Share):
        parts, wholes = _counted(measured.part, column), _counted(measured.whole, column)
        return {
            group: share_of(
                indicator, extent, Share(_of(measured.part, column, group), _of(measured.whole, column, group)),
                (parts.get(group, Decimal(0)), whole),
            )
            for group, whole in wholes.items()
        }  # fmt: skip
    if measured.total is not None:
        raise TypeError(f"{key} was added up beforehand and cannot be parted by {column}")
    return {
        group: Value(indicator, extent, total, part=total, part_rows=_of(measured.rows, column, group))
        for group, total in (_nothing(measured, groups) | _totals(measured, column)).items()
    }


def _nothing(measured: Amount, groups: Iterable[Any]) -> dict[Any, Decimal | None]:
    return dict.fromkeys(groups, Decimal(0)) if measured.of is None else {}


def _counted(rows: QuerySet, column: str) -> dict[Any, Decimal]:
    found = rows.order_by().values_list(column).annotate(n=Count("pk"))
    return {group: Decimal(count) for group, count in found}


def _totals(measured: Amount, column: str) -> dict[Any, Decimal | None]:
    if measured.of is None:
        return dict(_counted(measured.rows, column))
    return dict(measured.rows.order_by().values_list(column).annotate(total=measured.of))


def _of(rows: QuerySet, column: str, group: Any) -> QuerySet:
    return rows.filter(**{column: group})
