"""A formula as an Ibis expression, which DuckDB and Spark carry out; only for worker and console (docs/adr/0165).

Only what engines agree on is used: integer counts and sums, comparisons, membership, prefixes of ASCII codes, moments
plus an interval, equi-joins.
"""

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import add, and_, eq, ge, gt, le, lt, ne, or_
from typing import Any as Anything

import ibis
from ibis.expr.types import Table, Value

from yilian.kernel.indicators.engines.question import CONSORTIUM, INSTITUTION, Question
from yilian.kernel.indicators.tree import (
    Aggregate,
    All,
    Among,
    Any,
    Col,
    Compare,
    Known,
    Later,
    Lit,
    Not,
    Prefix,
    Row,
    Sum,
    Verb,
    columns,
    condition_of,
)  # fmt: skip
from yilian.kernel.indicators.typing_rules import institutions_fact
from yilian.kernel.lake.columns import schema_of
from yilian.kernel.lake.fact import Fact

SIGNS = {"==": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}


MEMBERS = "members"
BITS = 62
"""Conditions in one whole number of 64 bits, so that it stays positive everywhere."""
SPAN = "span"
"""A column that the engine puts beside those of the fact asked for: the first month of the span of the row's month."""
WRITER = f"ibis {ibis.__version__}"
_written: dict[tuple[Anything, ...], str] = {}


def needed(question: Question) -> list[tuple[Fact, Mapping[int, int]]]:
    """Return the facts whose rows the expression speaks of, each under its key, with the spans of the months of them.

    The engine gives the rows of these months and no others.
    """
    known = institutions_fact()
    asked = [(question.fact, question.months)]
    return [*asked, (known, {0: 0})] if known and _places(question) else asked


def span_sql(months: Mapping[int, int]) -> str:
    """Return the span of a row of these months, in words that every engine understands."""
    if all(month == first for month, first in months.items()):
        return "month"
    firsts = set(months.values())
    if len(firsts) == 1:
        return f"cast({firsts.pop()} as int)"
    return f"cast(case month {' '.join(f'when {month} then {first}' for month, first in months.items())} end as int)"


def sql(question: Question, dialect: str) -> str:
    """Return a question in the words of an engine: institution, consortium, span, one integer for each tree.

    The months are not in it, so that it is composed once for all of them.
    """
    asks = (question.at, question.trees, question.by, question.needs_members)
    said = (dialect, question.fact.key, str(schema_of(question.fact)), *asks)
    if said not in _written:
        _written[said] = str(ibis.to_sql(_expression(question), dialect=dialect))
    return _written[said]


def _expression(question: Question) -> Table:
    table = _joined(question, _table(question.fact, SPAN))
    table = table.filter(table[question.at].notnull())
    if question.needs_members:
        table = _in_consortia(question, table)
    named = {
        "place": table[question.at].cast("int32") if INSTITUTION in question.by else ibis.null("int32"),
        "circle": table["consortium"].cast("int32") if CONSORTIUM in question.by else ibis.null("int32"),
        SPAN: table[SPAN],
    }
    if any(tree.is_distinct for tree in question.trees):
        counted = {f"n{number}": _aggregate(tree, table) for number, tree in enumerate(question.trees)}
        return table.group_by(**named).aggregate(**counted)
    return _added_up(question.trees, table, named)


def seen_sql(question: Question, dialect: str) -> str:
    """Return SQL of the different values of a column: institution, value, and for each tree all spans in one number.

    The trees tell values of the same column apart. The span of a row has to be a bit.
    """
    table = _joined(question, _table(question.fact, SPAN))
    of = question.trees[0].of
    assert of is not None
    thing = row(of, table)
    there = table.filter(table[question.at].notnull(), thing.notnull())
    marks = {
        f"seen{number}": ibis.coalesce(
            there[SPAN].bit_or(where=None if tree.where is None else row(tree.where, there)), 0
        )
        for number, tree in enumerate(question.trees)
    }
    counted = there.group_by(place=there[question.at].cast("int32"), thing=row(of, there)).aggregate(**marks)
    return str(ibis.to_sql(counted, dialect=dialect))


def rows_sql(question: Question, wanted: Sequence[str], start: int, most: int, dialect: str) -> str:
    """Return SQL of the rows that the first tree of a question counts: row_key, month and the columns wanted.

    The newest month comes first, `most` rows from `start` on. The months are those that the engine gives.
    """
    table = _joined(question, _table(question.fact, SPAN))
    there = table.filter(table[question.at].notnull())
    condition = condition_of(question.trees[0])
    if condition is not None:
        there = there.filter(row(condition, there))
    shown = there.select("row_key", "month", *wanted)
    ordered = shown.order_by(shown.month.desc(), shown.row_key.desc())
    return str(ibis.to_sql(ordered.limit(most, offset=start), dialect=dialect))


def _added_up(trees: Sequence[Aggregate], table: Table, named: Mapping[str, Value]) -> Table:
    """Put rows together first that meet the same conditions: each is asked once a row, not once for each tree
    (docs/adr/0217).

    What rows meet is a number with a bit for each condition.
    """
    conditions = list(dict.fromkeys(tree.where for tree in trees if tree.where is not None))
    addends = list(dict.fromkeys(tree.of for tree in trees if tree.of is not None))
    met = {
        f"met{number}": reduce(add, (_bit(row(node, table), place) for place, node in enumerate(chunk)))
        for number, chunk in enumerate(conditions[first : first + BITS] for first in range(0, len(conditions), BITS))
    }
    summed = {f"sum{number}": row(of, table).sum().cast("int64") for number, of in enumerate(addends)}
    alike = table.group_by(**named, **met).aggregate(rows=table.count().cast("int64"), **summed)

    def number_of(tree: Aggregate) -> Value:
        where = None
        if tree.where is not None:
            chunk, place = divmod(conditions.index(tree.where), BITS)
            where = (alike[f"met{chunk}"] & ibis.literal(1 << place, "int64")) != 0
        counted = ibis.coalesce(alike["rows"].sum(where=where).cast("int64"), 0)
        if tree.of is None:
            return counted
        total = alike[f"sum{addends.index(tree.of)}"].sum(where=where).cast("int64")
        return ibis.ifelse(counted == 0, ibis.literal(0, "int64"), total)

    return alike.group_by(*named).aggregate(**{f"n{number}": number_of(tree) for number, tree in enumerate(trees)})


def _bit(condition: Value, place: int) -> Value:
    return ibis.ifelse(condition, ibis.literal(1 << place, "int64"), ibis.literal(0, "int64"))


def _table(fact: Fact, *more: str) -> Table:
    columns_of = dict(ibis.Schema.from_pyarrow(schema_of(fact)))
    return ibis.table({**columns_of, **dict.fromkeys(more, "int32")}, name=fact.key)


def _places(question: Question) -> dict[str, set[str]]:
    """Return by institution column what has to be known of the institution there."""
    found: dict[str, set[str]] = {}
    for tree in question.trees:
        for col in columns(tree):
            if col.place:
                found.setdefault(col.place, set()).add(col.name)
    return found


def _joined(question: Question, rows: Table) -> Table:
    known = institutions_fact()
    for place, names in sorted(_places(question).items()):
        assert known
        there = _table(known)
        of = there.select(**{f"{place}__": there[next(iter(known.institutions))]}, **{
            f"{place}__{name}": there[name] for name in sorted(names)})  # fmt: skip
        rows = rows.left_join(of, rows[place] == of[f"{place}__"])
    return rows


def _in_consortia(question: Question, table: Table) -> Table:
    whole = {"institution": "int32", "consortium": "int32", "month": "int32"}
    members = ibis.table(whole, name=MEMBERS)
    known = members.select(member=members.institution, circle=members.consortium, joined=members.month)
    joined = table.drop("consortium").inner_join(
        known, [table[question.at] == known.member, table.month == known.joined]
    )
    return joined.rename(consortium="circle")


def _aggregate(tree: Aggregate, table: Table) -> Value:
    where = None if tree.where is None else row(tree.where, table)
    counted = ibis.coalesce(table.count(where=where).cast("int64"), 0)  # Spark: null where no condition is known
    if tree.of is None:
        return counted
    of = row(tree.of, table)
    if tree.verb is Verb.DISTINCT:
        return of.nunique(where=where).cast("int64")
    return ibis.ifelse(counted == 0, ibis.literal(0, "int64"), of.sum(where=where).cast("int64"))


def row(node: Row, table: Table) -> Anything:
    """Return what a part of a tree is for one row."""
    match node:
        case Col(name=name, place=place):
            return table[f"{place}__{name}" if place else name]
        case Lit(value=value):
            return ibis.literal(value, "string" if isinstance(value, str) else "int64")
        case Sum(left=left, right=right, sign=sign):
            one, other = (row(side, table).cast("int64") for side in (left, right))
            return one + other if sign > 0 else one - other
        case Later(of=of, span=span):
            return row(of, table) + (
                ibis.interval(minutes=span.minutes) if span.minutes else ibis.interval(days=span.days)
            )
        case Prefix(of=of, length=length):
            return row(of, table).substr(0, length)
    return _condition(node, table)


def _condition(node: Row, table: Table) -> Anything:
    match node:
        case Compare(left=left, sign=sign, right=right):
            return SIGNS[sign](row(left, table), row(right, table))
        case Among(of=of, values=values):
            return row(of, table).isin(list(values))
        case Known(of=of):
            return row(of, table).notnull()
        case Not(of=of):
            return ~row(of, table)
        case All(of=parts):
            return reduce(and_, (row(part, table) for part in parts))
        case Any(of=parts):
            return reduce(or_, (row(part, table) for part in parts))
    raise TypeError(node)
