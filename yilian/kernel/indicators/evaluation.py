"""Evaluating an indicator: value, numerator, denominator, and the rows behind them. Unknown is not zero."""

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from yilian.kernel.clock.periods import Period
from yilian.kernel.indicators.catalogue import definition
from yilian.kernel.indicators.indicator import DIRECTIONS, Amount, Extent, Indicator, Share
from yilian.kernel.indicators.live import count_now, is_live, keys_digest
from yilian.kernel.indicators.results import totals


@dataclass(frozen=True)
class Value:
    """What an indicator came to. `value` is None when nobody can know it; then it is shown as 无数据, never as 0.

    Counted are the rows the reader's scope shows: `part` and `whole` as numbers, `part_rows` and `whole_rows`.
    """

    indicator: Indicator
    extent: Extent
    value: Decimal | None
    part: Decimal | None = None
    whole: Decimal | None = None
    part_rows: QuerySet | None = None
    whole_rows: QuerySet | None = None

    @property
    def is_unknown(self) -> bool:
        return self.value is None

    @property
    def direction_title(self) -> str:
        return str(DIRECTIONS[self.indicator.direction])

    @property
    def shown(self) -> str:
        """Return the value with its unit, or 无数据."""
        if self.value is None:
            return _("无数据")
        if self.indicator.grades:
            return str(self.indicator.grades[int(self.value)])
        between = "" if str(self.indicator.unit) == "%" else " "
        return f"{_plain(self.value)}{between}{self.indicator.unit}"

    def rows(self) -> QuerySet | None:
        """Return the rows behind the denominator, or behind the amount; None when nothing was measured."""
        return self.whole_rows if self.whole_rows is not None else self.part_rows

    def rows_digest(self) -> bytes:
        """Return SHA-256 over the keys of all rows behind the number, numerator and denominator apart.

        Of rows that are in the lake alone, over both numbers.
        """
        if formula := self.indicator.formula:
            numbers = f"{self.part} {self.whole}".encode()
            return keys_digest(formula, self.extent) if is_live(formula) else hashlib.sha256(numbers).digest()
        pieces: list[str] = []
        values: list[Any] = []
        for name, rows in (("part", self.part_rows), ("whole", self.whole_rows)):
            keys, given = _keys(rows)
            pieces += ["%s::bytea", keys]
            values += [name.encode(), *given]
        with connection.cursor() as cursor:
            cursor.execute(f"select sha256({' || '.join(pieces)})", values)
            return bytes(cursor.fetchone()[0])


def evaluate(key: str, institution_id: int | None = None, consortium_id: int | None = None, *, period: Period) -> Value:
    """Evaluate an indicator; raise UnknownKeyError for one nobody declared.

    A share of nothing is unknown. A count of nothing is 0: the rows were there to be looked for.
    """
    indicator = definition(key, consortium_id)
    extent = Extent(period, institution_id, consortium_id)
    measured = indicator.measure(extent) if indicator.measure else None
    if indicator.formula:
        return _counted(indicator, extent)
    if isinstance(measured, Share):
        return _share(indicator, extent, measured)
    if isinstance(measured, Amount):
        total = _total(measured)
        return Value(indicator, extent, total, part=total, part_rows=measured.rows)
    return Value(indicator, extent, None)


def _counted(indicator: Indicator, extent: Extent) -> Value:
    """Return what a formula comes to now, or, of rows that are in the lake alone, what was stored of it."""
    assert indicator.formula
    if is_live(indicator.formula):
        part, whole = count_now(indicator.formula, extent)
        return Value(indicator, extent, indicator.worth(part, whole), _decimal(part), _decimal(whole))
    place = extent.institution_id
    places = None if place is None else [place]
    stored = totals([indicator.key], institution_ids=places, consortium_id=extent.consortium_id, period=extent.period)
    found = stored[indicator.key][place]
    return Value(indicator, extent, found.value, _decimal(found.part), _decimal(found.whole))


def _decimal(number: int | None) -> Decimal | None:
    return None if number is None else Decimal(number)


def _total(measured: Amount) -> Decimal | None:
    if measured.of is not None:
        return measured.rows.aggregate(total=measured.of)["total"]
    return Decimal(measured.rows.count()) if measured.total is None else measured.total


def _share(indicator: Indicator, extent: Extent, share: Share) -> Value:
    return share_of(indicator, extent, share, _both(share.part, share.whole))


def _both(part: QuerySet, whole: QuerySet) -> tuple[Decimal, Decimal]:
    """Count two sets by one statement; a set that Django knows to be empty is not asked for."""
    counts: list[str] = []
    values: list[Any] = []
    for rows in (part, whole):
        try:
            sql, given = rows.order_by().select_related(None).query.sql_with_params()
        except EmptyResultSet:
            counts.append("0")
        else:
            counts.append(f"(select count(*) from ({sql}) counted)")
            values += given
    with connection.cursor() as cursor:
        cursor.execute(f"select {', '.join(counts)}", values)
        first, second = cursor.fetchone()
    return Decimal(first), Decimal(second)


def share_of(indicator: Indicator, extent: Extent, share: Share, counts: tuple[Decimal, Decimal]) -> Value:
    """Return the value of a share whose rows were counted; nothing of nothing is unknown."""
    part, whole = counts
    return Value(indicator, extent, indicator.worth(part, whole), part, whole, share.part, share.whole)


def _keys(rows: "QuerySet[Model] | None") -> tuple[str, tuple[Any, ...]]:
    """Return SQL of the keys of some rows in their order, a zero byte before each, and its values."""
    if rows is None:
        return "''::bytea", ()
    try:
        sql, values = rows.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return "''::bytea", ()
    each = "decode('00', 'hex') || convert_to(key::text, 'UTF8')"
    return f"coalesce((select string_agg({each}, ''::bytea order by key) from ({sql}) rows(key)), ''::bytea)", values


def _plain(number: Decimal) -> str:
    """Return a number without idle zeros: 12.50 as 12.5, 300 as 300."""
    return format(number.normalize(), "f")
