"""A formula as SQL of PostgreSQL, with its values as parameters: for small sets now, and for the rows behind a number.

The web asks with it inside the reader's scope: fact views are `security_invoker`, so row security holds. It says the
same as the expressions in `engines.expressions`, which a test compares on random rows.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any as Anything

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
)  # fmt: skip
from yilian.kernel.indicators.typing_rules import institutions_fact, kind_of
from yilian.kernel.lake.fact import Fact, Kind

SIGNS = {"==": "=", "!=": "<>"}


class FedOnlyError(LookupError):
    """The rows of the fact are in the lake alone; PostgreSQL cannot count them."""


@dataclass
class Statement:
    """SQL in the making with the values for its places, in the order in which they stand in the text."""

    values: list[Anything] = field(default_factory=list)

    def aggregate(self, tree: Aggregate) -> str:
        """Return one integer over a group, unknown when nothing of what should be added up is known."""
        if tree.verb is Verb.SUM and tree.of is not None:
            where = self._filter(tree)
            summed = f"sum({self.row(tree.of)}) {self._filter(tree)}"
            return f"case when count(*) {where} = 0 then 0 else {summed} end"
        counted = "*" if tree.of is None else f"distinct {self.row(tree.of)}"
        return f"count({counted}) {self._filter(tree)}"

    def _filter(self, tree: Aggregate) -> str:
        return "" if tree.where is None else f"filter (where {self.row(tree.where)})"

    def row(self, node: Row) -> str:
        """Return what a part of the tree is for one row."""
        match node:
            case Col(name=name, place=place):
                return f'"{"at_" + place if place else "f"}"."{name}"'
            case Lit(value=value):
                self.values.append(value)
                return "%s::text" if isinstance(value, str) else "%s::bigint"
            case Sum(left=left, right=right, sign=sign):
                return f"({self.row(left)}::bigint {'+' if sign > 0 else '-'} {self.row(right)}::bigint)"
            case Later():
                return self._later(node)
            case Prefix(of=of, length=length):
                return f"left({self.row(of)}, {int(length)})"
        return f"({self._condition(node)})"

    def _condition(self, node: Row) -> str:
        match node:
            case Compare(left=left, sign=sign, right=right):
                return f"{self.row(left)} {SIGNS.get(sign, sign)} {self.row(right)}"
            case Among(of=of, values=values):
                tested = self.row(of)
                self.values.append(list(values))
                return f"{tested} = any(%s::{'text' if isinstance(values[0], str) else 'bigint'}[])"
            case Known(of=of):
                return f"{self.row(of)} is not null"
            case Not(of=of):
                return f"not {self.row(of)}"
            case All(of=parts):
                return " and ".join(map(self.row, parts))
            case Any(of=parts):
                return " or ".join(map(self.row, parts))
        raise TypeError(node)

    def _later(self, node: Later) -> str:
        base = self.row(node.of)
        if kind_of(node.of) is Kind.DATE:
            self.values.append(node.span.days)
            return f"({base} + %s::int)"
        self.values += [node.span.days, node.span.minutes]
        return f"({base} + make_interval(days => %s::int, mins => %s::int))"


def source(fact: Fact, trees: Iterable[Aggregate]) -> str:
    """Return the view of a fact, joined to what is known of the institutions that the trees ask about.

    Raises FedOnlyError for a fact without a view.
    """
    if fact.is_fed:
        raise FedOnlyError(fact.key)
    known = institutions_fact()
    places = sorted({col.place for tree in trees for col in columns(tree) if col.place})
    joins = [
        f'left join "{known.view}" "at_{place}" on "at_{place}"."{next(iter(known.institutions))}" = f."{place}"'
        for place in places if known is not None
    ]  # fmt: skip
    return " ".join([f'"{fact.view}" f', *joins])
