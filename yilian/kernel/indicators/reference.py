"""A formula carried out row by row in plain Python: what every engine is compared with.

Written apart from the engines on purpose: where they and it disagree, one of them is wrong.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from operator import eq, ge, gt, le, lt, ne
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
)  # fmt: skip

SIGNS = {"==": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}
Values = Mapping[str, Anything]
"""What is known of a row: columns by name, those of its institutions as place.name; None is unknown."""


def carried_out(tree: Aggregate, rows: Iterable[Values]) -> int | None:
    """Return the integer of a group of rows."""
    counted = [row for row in rows if tree.where is None or value(tree.where, row) is True]
    if tree.of is None:
        return len(counted)
    known = [found for row in counted if (found := value(tree.of, row)) is not None]
    if tree.verb is Verb.DISTINCT:
        return len(set(known))
    return sum(known) if known or not counted else None


def value(node: Row, row: Values) -> Anything:
    """Return what a part of the tree is for one row; None where nobody knows."""
    match node:
        case Col(name=name, place=place):
            return row[f"{place}.{name}" if place else name]
        case Lit(value=written):
            return written
        case All(of=parts):
            return _all([value(part, row) for part in parts])
        case Any(of=parts):
            denied = _all([_denied(value(part, row)) for part in parts])
            return _denied(denied)
        case Sum(left=left, right=right, sign=sign):
            one, other = value(left, row), value(right, row)
            return None if one is None or other is None else one + sign * other
        case Compare(left=left, sign=op, right=right):
            one, other = value(left, row), value(right, row)
            return None if one is None or other is None else SIGNS[op](one, other)
    return _of_one(node, row)


def _of_one(node: Row, row: Values) -> Anything:
    assert isinstance(node, Known | Not | Later | Prefix | Among)
    found = value(node.of, row)
    if isinstance(node, Known):
        return found is not None
    if found is None:
        return None
    match node:
        case Not():
            return not found
        case Later(span=span):
            return found + timedelta(days=span.days, minutes=span.minutes)
        case Prefix(length=length):
            return found[:length]
        case Among(values=values):
            return found in values


def _all(parts: list[bool | None]) -> bool | None:
    if any(part is False for part in parts):
        return False
    return None if None in parts else True


def _denied(part: bool | None) -> bool | None:
    return None if part is None else not part
