"""Clauses of agreements as any domain declares them: a form of values, and the function that says if they are kept.

An agreement names clauses by the key of their kind. Whoever owns the rows that prove a promise declares the kind; the
domain of agreements asks them once a night, all clauses of a kind together.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from yilian.kernel.registries import Registry
from yilian.kernel.registries.words import Words
from yilian.kernel.rules.regulation import Ground
from yilian.kernel.workflow.flow import Ask
from yilian.registry.applying import Offer, Question

MOST_ROWS = 20
"""Rows that a proof names: enough to open; its sentence counts them all."""
RHYTHMS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
"""Months of a period, by the answer to the question "every"."""


@dataclass(frozen=True)
class Duty:
    """What a clause of an agreement asks for in one period; `first` and `last` are its first and last day.

    `institutions` are the parties, `terms` the values of the clause. `is_whole` is False for a period that the end of
    the agreement cut short.
    """

    key: str
    case_id: UUID
    consortium_id: int | None
    institutions: tuple[int, ...]
    terms: Mapping[str, Any]
    first: date
    last: date
    is_whole: bool = True


@dataclass(frozen=True)
class Row:
    """A row that proves something: what it is called and where it opens; `case_id` where only some may see it."""

    label: str
    url: str
    case_id: UUID | None = None


@dataclass(frozen=True)
class Proof:
    """What the rows say of a duty: kept, broken, or unknown (None), in a sentence, with the rows themselves.

    `is_open`: something of this period may still turn out either way.
    """

    holds: bool | None
    detail: str = ""
    rows: tuple[Row, ...] = ()
    is_open: bool = False


Check = Callable[[Sequence[Duty], date], Mapping[str, Proof]]


@dataclass(frozen=True)
class ClauseKind:
    """A kind of clause.

    `asks` are its values; a text of a clause names them in braces. `check(duties, on)` returns a proof for each duty by
    its key, from set-based statements that see every institution's rows; without it nobody can say. A kind that is
    `met_early` is kept as soon as enough was done, before the period ends. Periods are calendar months, or, where the
    clause answers a question "every", as long as it says, counted from its first day. `topic` names what the resolver
    reads from it, `offers(terms, question)` what it says there, None where it does not speak of what is asked.
    """

    key: str
    title: Words
    cite: Ground
    asks: tuple[Ask, ...] = ()
    check: Check | None = field(default=None, repr=False)
    met_early: bool = False
    topic: str = ""
    offers: Callable[[Mapping[str, Any], Question], Offer | None] | None = field(default=None, repr=False)
    help: Words = ""

    def months_of(self, terms: Mapping[str, Any]) -> int:
        """Return the length of a period in months; 0 for the calendar month."""
        asks_how_often = any(ask.name == "every" for ask in self.asks)
        return RHYTHMS.get(str(terms.get("every", "")), 0) if asks_how_often else 0


clause_kinds: Registry[ClauseKind] = Registry("clause kind")


def clause_kind(key: str, title: Words, *, cite: Ground, **rest: Any) -> Callable[[Check], ClauseKind]:
    """Turn a function `(duties, on) -> {key: Proof}` into a declared kind of clause; `rest` as in ClauseKind."""

    def declare(check: Check) -> ClauseKind:
        return clause_kinds.add(ClauseKind(key, title, cite, check=check, **rest))

    return declare
