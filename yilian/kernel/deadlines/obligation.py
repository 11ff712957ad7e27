"""Obligations: what a regulation wants done every month, quarter, year or so many years, proved by rows."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from yilian.kernel.registries import Registry
from yilian.kernel.rules.regulation import Citation

_CALENDAR = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
_ROLLING = re.compile(r"([1-9]\d*) (month|year)s")


class BadRhythmError(ValueError):
    """`every` is none of month, quarter, half-year, year, "N months", "N years"."""


@dataclass(frozen=True)
class Rhythm:
    """How often: in each calendar part of the year, or (rolling) so many months after the last time."""

    months: int
    is_rolling: bool = False

    @classmethod
    def of(cls, text: str) -> "Rhythm":
        """Read "quarter", "year", "18 months", "3 years"; raise BadRhythmError for anything else."""
        if text in _CALENDAR:
            return cls(_CALENDAR[text])
        if found := _ROLLING.fullmatch(text):
            return cls(int(found[1]) * (12 if found[2] == "year" else 1), is_rolling=True)
        raise BadRhythmError(text)

    def sentence(self, count: int) -> str:
        """Say the rhythm in words: 每年至少 2 次, 每 3 年一次."""
        if self.is_rolling:
            if self.months % 12:
                return _("每 {count} 个月一次").format(count=self.months)
            return _("每 {count} 年一次").format(count=self.months // 12)
        name = {1: _("每月"), 3: _("每季度"), 6: _("每半年"), 12: _("每年")}[self.months]
        return _("{every}至少 {count} 次").format(every=name, count=count)


@dataclass(frozen=True)
class Subject:
    """Who owes it: an institution, a consortium, a document; `since` is the first day it counts.

    The institution itself may see the standing, and those named in `watchers` (a lead hospital, an authority). `until`
    is the last day of a run that has one of its own, such as a term that was agreed; only rolling rhythms ask for it.
    """

    id: str
    label: str
    since: date
    institution_id: int | None = None
    consortium_id: int | None = None
    watchers: frozenset[int] = frozenset()
    until: date | None = None

    def is_seen_by(self, institution_id: int) -> bool:
        return institution_id == self.institution_id or institution_id in self.watchers


@dataclass(frozen=True)
class Evidence:
    """One row that proves it was done, when, and the page that shows it."""

    label: str
    url: str
    at: date | datetime

    @property
    def on(self) -> date:
        """Return the day, in the time zone of the installation."""
        return timezone.localtime(self.at).date() if isinstance(self.at, datetime) else self.at


@dataclass(frozen=True)
class Obligation:
    """What is owed, how often, by whom, and which rows prove it.

    `subjects(on)` gives who owes it on a day. `evidence(subject, first, last)` gives the rows of these days, both
    included, or None when the system keeps no such records yet: then the standing is unknown, never broken.
    `count` is how many are wanted in each period (1 for rolling rhythms).
    `also` are further articles that want it, `says` is the rhythm in words where each subject has its own.
    """

    key: str
    title: str | Promise
    cite: Citation
    every: str
    subjects: Callable[[date], Iterable[Subject]]
    evidence: Callable[[Subject, date, date], Iterable[Evidence] | None]
    count: int = 1
    help: str | Promise = ""
    also: tuple[Citation, ...] = ()
    says: str | Promise = ""
    rhythm: Rhythm = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rhythm", Rhythm.of(self.every))
        if self.count < 1 or (self.rhythm.is_rolling and self.count > 1):
            raise BadRhythmError(f"{self.key}: {self.count} times {self.every}")

    @property
    def sentence(self) -> str:
        return str(self.says) or self.rhythm.sentence(self.count)


obligations: Registry[Obligation] = Registry("obligation")


def not_recorded(subject: Subject, first: date, last: date) -> None:
    """Be the evidence of an obligation whose records the system does not keep yet: unknown."""
    return
