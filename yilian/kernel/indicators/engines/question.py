"""What an engine is asked: integers over the rows of one fact, in groups."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from yilian.kernel.indicators.tree import Aggregate
from yilian.kernel.lake.fact import Fact

INSTITUTION, CONSORTIUM = "institution", "consortium"
Answer = tuple[int | None, int | None, int, tuple[int | None, ...]]
"""Institution, consortium (None where not asked by), first month of the span, and an integer for each tree."""


class EngineError(Exception):
    """An engine cannot be reached or does not answer; the message is for people."""


@dataclass(frozen=True)
class Question:
    """Trees to carry out over the rows of some months, which count at the institution in column `at`.

    `months` maps each month (yyyymm) to the first month of the span it is counted in. `by` holds INSTITUTION,
    CONSORTIUM or both. Rows of a fact that is fed know no consortium: then `members` says (institution, consortium,
    month) of every membership, and a row counts in each consortium its institution belonged to that month.
    """

    fact: Fact
    at: str
    trees: tuple[Aggregate, ...]
    months: Mapping[int, int]
    by: tuple[str, ...] = (INSTITUTION,)
    members: Sequence[tuple[int, int, int]] = field(default=(), repr=False)

    @property
    def needs_members(self) -> bool:
        """Whether the consortium of a row follows from membership."""
        return CONSORTIUM in self.by and self.fact.is_fed


class Engine(Protocol):
    """Carries out questions. `name` is for people."""

    name: str

    @property
    def version(self) -> str:
        """Return what was tried out: another version is tried anew."""
        ...

    def answer(self, question: Question) -> list[Answer]:
        """Return a row for each group that has any; raise EngineError."""
        ...


def answered(row: Sequence[Any]) -> Answer:
    """Return a row of an engine (institution, consortium, span, integers) as an answer."""
    place, circle, span, *numbers = row
    return place, circle, int(span), tuple(None if number is None else int(number) for number in numbers)
