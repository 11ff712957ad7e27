"""One indicator for several institutions by one statement: what each comes to among its own rows, and their digests.

An assessment measures every member by every line of its scheme; composing a statement costs more than running it.
Whoever calls has opened a scope that shows the rows of all of them; each is given those it takes part in, no others.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

from django.core.exceptions import EmptyResultSet, FieldDoesNotExist
from django.db import connection
from django.db.models import F, Q, QuerySet

from yilian.kernel.clock.periods import Period
from yilian.kernel.indicators.catalogue import definition
from yilian.kernel.indicators.evaluation import Value
from yilian.kernel.indicators.indicator import Amount, Extent, Indicator, Share

KEYS = "string_agg(decode('00', 'hex') || convert_to(key::text, 'UTF8'), ''::bytea order by key)"
Rows = dict[int, tuple[int, bytes]]
"""How many rows of an institution there are, and their keys in their order, a zero byte before each."""


@dataclass(frozen=True)
class Counted:
    """What an indicator came to at one institution, and the digest of the rows it was counted from."""

    value: Value
    rows_digest: bytes


class AloneError(Exception):
    """A measure wants to know which one institution it is asked about: it is asked for each."""


class Several(Extent):
    """An extent of several institutions that notes by which columns a measure narrows its rows."""

    def __init__(self, period: Period, places: Sequence[int], consortium_id: int | None) -> None:
        super().__init__(period, consortium_id=consortium_id)
        object.__setattr__(self, "places", tuple(places))
        object.__setattr__(self, "columns", set[tuple[str, ...]]())

    def __getattribute__(self, name: str) -> Any:
        if name == "institution_id":
            raise AloneError
        return super().__getattribute__(name)

    def narrow(self, rows: QuerySet, *places: str, consortium: str = "consortium_id") -> QuerySet:
        """Return the rows in which any of the institutions stands in one of the columns `places`."""
        self.columns.add(places)
        rows = rows.filter(reduce(or_, (Q(**{f"{place}__in": self.places}) for place in places)))
        return rows if self.consortium_id is None else rows.filter(**{consortium: self.consortium_id})


def evaluate_abreast(
    key: str, places: Sequence[int], consortium_id: int | None, *, period: Period
) -> dict[int, Counted] | None:
    """Evaluate an indicator for every institution of `places`, as `evaluate` does in the scope of each.

    None where that cannot be said of several at once: each has to be asked for. Raises UnknownKeyError.
    """
    indicator = definition(key, consortium_id)
    if indicator.measure is None:
        return None
    extent = Several(period, places, consortium_id)
    try:
        measured = indicator.measure(extent)
    except AloneError:
        return None
    sets = _sets(measured)
    if sets is None or len(extent.columns) != 1:
        return None
    part, whole = _counted(sets, next(iter(extent.columns)))
    is_share = isinstance(measured, Share)
    return {place: _one(indicator, Extent(period, place, consortium_id), part, whole, is_share) for place in places}


def _sets(measured: Share | Amount | None) -> list[QuerySet] | None:
    """Return the rows of numerator and denominator if a plain count of them is the number, and rows have parties."""
    if isinstance(measured, Share):
        found = [measured.part, measured.whole]
    elif isinstance(measured, Amount) and measured.of is None and measured.total is None:
        found = [measured.rows]
    else:
        return None
    return found if all(_parties(rows) for rows in found) else None


def _parties(rows: QuerySet) -> str:
    """Return the lookup of the institutions that see a row: those of its case; "" where no case says so."""
    for name in ("parties", "case__parties"):
        try:
            rows.model._meta.get_field(name.partition("__")[0])
        except FieldDoesNotExist:
            continue
        return name
    return ""


def _counted(sets: Sequence[QuerySet], columns: Sequence[str]) -> list[Rows]:
    """Count the rows of each set by institution; one statement for all of them. A missing second set is empty."""
    pieces, values = list[str](), list[Any]()
    for number, rows in enumerate(sets):
        said = list(_by_place(rows, columns))
        if said:
            inner = " union ".join(sql for sql, _given in said)
            pieces.append(f"select {number}, place, count(*), {KEYS} from ({inner}) each(place, key) group by place")
            values += [value for _sql, given in said for value in given]
    found: list[Rows] = [{}, {}]
    if pieces:
        with connection.cursor() as cursor:
            cursor.execute(" union all ".join(pieces), values)
            for number, place, count, keys in cursor.fetchall():
                found[number][place] = count, bytes(keys)
    return found


def _by_place(rows: QuerySet, columns: Sequence[str]) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Yield SQL of (institution, key) for every column, where the institution sees the row."""
    parties = _parties(rows)
    for column in columns:
        own = rows.order_by().filter(**{f"{parties}__contains": [F(column)]})
        try:
            yield own.values_list(column, "pk").query.sql_with_params()
        except EmptyResultSet:
            continue


def _one(indicator: Indicator, extent: Extent, part: Rows, whole: Rows, is_share: bool) -> Counted:
    place = extent.institution_id or 0
    (many, of_part), (all_of_them, of_whole) = part.get(place, (0, b"")), whole.get(place, (0, b""))
    digest = hashlib.sha256(b"part" + of_part + b"whole" + of_whole).digest()
    if not is_share:
        return Counted(Value(indicator, extent, Decimal(many), Decimal(many)), digest)
    counts = Decimal(many), Decimal(all_of_them)
    return Counted(Value(indicator, extent, indicator.worth(*counts), *counts), digest)
