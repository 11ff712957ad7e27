"""Checks for what looks as if numbers had been made rather than earned; whoever owns the rows declares the check.

A check accuses nobody: it names rows that both sides look at, and who is assessed has the last word before the score.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from yilian.kernel.clock.periods import Period
from yilian.kernel.registries import Registry
from yilian.kernel.registries.words import Words
from yilian.kernel.rules.regulation import Ground

MOST_CASES = 20


@dataclass(frozen=True)
class Suspicion:
    """What was found at one institution, in a sentence, with the cases to look at (at most MOST_CASES)."""

    text: str
    cases: tuple[UUID, ...] = ()


Look = Callable[[int, int, Period], Iterable[Suspicion]]


@dataclass(frozen=True)
class Check:
    """A check; `look(institution, consortium, period)` runs in the scope of that institution and sees its rows only."""

    key: str
    title: Words
    cite: Ground
    look: Look


checks: Registry[Check] = Registry("check of conduct")


def check(key: str, title: Words, cite: Ground) -> Callable[[Look], Check]:
    """Turn a function `(institution_id, consortium_id, period) -> Iterable[Suspicion]` into a registered Check."""

    def declare(look: Look) -> Check:
        return checks.add(Check(key, title, cite, look))

    return declare
