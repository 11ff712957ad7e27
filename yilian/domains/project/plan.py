"""The plan of a project as plain values: what a proposal says, what it costs, and which day comes next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Planned:
    """A milestone as it is proposed; `responsible` is the key of a practitioner."""

    title: str
    starts_on: date
    due_on: date
    responsible: int
    measure: str


@dataclass(frozen=True)
class Cost:
    """A line of the budget as it is proposed, in yuan."""

    title: str
    amount: Decimal


def planned(rows: Iterable[Mapping[str, Any]]) -> list[Planned]:
    """Read the stored rows of a schedule."""
    return [
        Planned(
            row["title"], date.fromisoformat(row["starts_on"]), date.fromisoformat(row["due_on"]),
            int(row["responsible"]), row["measure"],
        )
        for row in rows
    ]  # fmt: skip


def costs(rows: Iterable[Mapping[str, Any]]) -> list[Cost]:
    """Read the stored rows of a budget."""
    return [Cost(row["title"], Decimal(str(row["amount"]))) for row in rows]


def total(lines: Iterable[Cost]) -> Decimal:
    return sum((line.amount for line in lines), Decimal(0))


def halfway(first: date, last: date) -> date:
    """Return the day in the middle of a span of days."""
    return first + timedelta(days=(last - first).days // 2)


def weighed(marks: Mapping[str, int], weights: Mapping[str, int]) -> Decimal:
    """Return the weighted mean of marks to one decimal, half up; without any weight all weigh the same."""
    whole = sum(weights[key] for key in marks)
    if not whole:
        weights, whole = dict.fromkeys(marks, 1), len(marks)
    points = sum(mark * weights[key] for key, mark in marks.items())
    return (Decimal(points) / Decimal(whole)).quantize(TENTH, ROUND_HALF_UP)
