"""Numbers of this moment, and the rows behind them: asked of PostgreSQL in the reader's scope, by whole months."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection

from yilian.kernel.indicators.formula import Formula
from yilian.kernel.indicators.indicator import Extent
from yilian.kernel.indicators.live_sql import Statement, source
from yilian.kernel.indicators.spans import of_period
from yilian.kernel.indicators.tree import Aggregate, columns, condition_of
from yilian.kernel.lake.fact import Fact, facts

PAGE = 20


@dataclass(frozen=True)
class Behind:
    """One row that was counted: its key, its month (yyyymm), where it is shown, and what the formula looked at."""

    row_key: str
    month: int
    address: str | None
    values: tuple[tuple[str, Any], ...]


def is_live(formula: Formula) -> bool:
    """Whether PostgreSQL has the rows; those that are fed are in the lake alone."""
    return not facts[formula.fact].is_fed


def count_now(formula: Formula, extent: Extent) -> tuple[int | None, int | None]:
    """Return numerator and denominator (None without one) over the rows that the scope shows; one statement.

    Raises FedOnlyError for a fact that is fed, FormulaRefused.
    """
    trees = formula.aggregates
    said = Statement()
    counted = ", ".join(said.aggregate(tree) for tree in trees)
    where, values = _where(formula, extent)
    with connection.cursor() as cursor:
        cursor.execute(
            f"select {counted} from {source(facts[formula.fact], trees)} where {where}", said.values + values
        )
        part, *whole = (None if number is None else int(number) for number in cursor.fetchone())
    return part, whole[0] if whole else None


def rows_behind(formula: Formula, extent: Extent, *, of_part: bool, start: int = 0, most: int = PAGE) -> list[Behind]:
    """Return rows that the numerator (or the denominator) counts, newest month first; `most` from `start` on.

    Raises FedOnlyError for a fact that is fed, FormulaRefused.
    """
    fact, tree = facts[formula.fact], _counted(formula, of_part)
    shown = list(dict.fromkeys(col.name for each in formula.aggregates for col in columns(each) if not col.place))
    wanted = "".join(f', f."{name}"' for name in shown)
    tail = " order by f.month desc, f.row_key desc offset %s limit %s"
    rows = _rows(formula, extent, tree, f"f.row_key, f.month{wanted}", tail, [start, most])
    titles = [str(fact.column(name).title) for name in shown]
    return [
        Behind(key, month, fact.opens(key) if fact.opens else None, tuple(zip(titles, values, strict=True)))
        for key, month, *values in rows
    ]


def keys_digest(formula: Formula, extent: Extent) -> bytes:
    """Return SHA-256 over the keys of all rows behind numerator and denominator, apart."""
    digest = hashlib.sha256()
    for name, of_part in (("part", True), ("whole", False)):
        digest.update(name.encode())
        if of_part or formula.whole:
            tree = _counted(formula, of_part)
            for (key,) in _rows(formula, extent, tree, "f.row_key", ' order by f.row_key collate "C"', []):
                digest.update(f"\0{key}".encode())
    return digest.digest()


def _counted(formula: Formula, of_part: bool) -> Aggregate:
    trees = formula.aggregates
    return trees[0] if of_part else trees[-1]


def _rows(
    formula: Formula, extent: Extent, tree: Aggregate, wanted: str, tail: str, last: list[Any]
) -> Iterator[tuple[Any, ...]]:
    fact: Fact = facts[formula.fact]
    where, values = _where(formula, extent)
    said = Statement()
    condition = condition_of(tree)
    if condition is not None:
        where = f"{where} and {said.row(condition)}"
    with connection.cursor() as cursor:
        cursor.execute(f"select {wanted} from {source(fact, [tree])} where {where}{tail}", values + said.values + last)
        yield from cursor.fetchall()


def _where(formula: Formula, extent: Extent) -> tuple[str, list[Any]]:
    parts: list[str] = ["f.month = any(%s::int[])"]
    values: list[Any] = [of_period(extent.period)]
    if extent.institution_id is not None:
        parts.append(f'f."{formula.at}" = %s')
        values.append(extent.institution_id)
    if extent.consortium_id is not None:
        parts.append("f.consortium = %s")
        values.append(extent.consortium_id)
    return " and ".join([*parts, f'f."{formula.at}" is not null']), values
