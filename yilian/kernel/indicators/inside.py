"""The months of an institution's units by one indicator: for those that say which columns part their rows inside it."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth

from yilian.kernel.clock.periods import Period
from yilian.kernel.indicators.indicator import Extent, Indicator, Share

Counts = Mapping[tuple[int, date], int]


def months_inside(
    indicator: Indicator, institution_id: int, consortium_id: int | None, period: Period
) -> dict[int, dict[date, tuple[int, int]]]:
    """Return {unit: {first day of a month: (part, whole)}} of a share, among the rows that the scope shows.

    Units and months without a row are not there. Empty for an indicator that cannot be parted so. Two statements.
    """
    if indicator.inside is None or indicator.measure is None:
        return {}
    measured = indicator.measure(Extent(period, institution_id, consortium_id))
    if not isinstance(measured, Share):
        return {}
    unit, moment = indicator.inside
    parts, wholes = (_counted(rows, unit, moment) for rows in (measured.part, measured.whole))
    found: dict[int, dict[date, tuple[int, int]]] = {}
    for (key, month), whole in wholes.items():
        found.setdefault(key, {})[month] = parts.get((key, month), 0), whole
    return found


def _counted(rows: QuerySet, unit: str, moment: str) -> Counts:
    rows = (
        rows.order_by().select_related(None).filter(**{f"{unit}__isnull": False}).annotate(month_of=TruncMonth(moment))
    )
    found = rows.values_list(unit, "month_of").annotate(n=Count("pk"))
    return {(key, month.date()): count for key, month, count in found}
