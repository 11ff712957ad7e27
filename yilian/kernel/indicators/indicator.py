"""Indicators: a number, the article that asks for it, and the rows it is counted from, defined once."""

import hashlib
import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from yilian.kernel.clock.periods import Period
from yilian.kernel.indicators.formula import Formula
from yilian.kernel.indicators.shelf import Certainty, Target
from yilian.kernel.registries import Registry
from yilian.kernel.rules.regulation import Ground

HUNDREDTH = Decimal("0.01")


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"
    NONE = "none"


DIRECTIONS = {Direction.UP: _("越高越好"), Direction.DOWN: _("越低越好"), Direction.NONE: _("仅供监测")}


@dataclass(frozen=True)
class Extent:
    """What is measured: one institution, one consortium, one in the other, or (neither) everything; and when."""

    period: Period
    institution_id: int | None = None
    consortium_id: int | None = None

    def narrow(self, rows: QuerySet, *places: str, consortium: str = "consortium_id") -> QuerySet:
        """Return the rows of what is measured: the institution stands in one of the columns `places`."""
        if self.institution_id is not None:
            rows = rows.filter(reduce(or_, (Q(**{place: self.institution_id}) for place in places)))
        return rows if self.consortium_id is None else rows.filter(**{consortium: self.consortium_id})


@dataclass(frozen=True)
class Share:
    """Rows that count, of all rows that could. `part` is a narrowing of `whole`."""

    part: QuerySet
    whole: QuerySet


@dataclass(frozen=True)
class Amount:
    """How many rows, or, with `total`, something added up over them. A measure that cannot know returns None.

    `of` says it as an aggregate over the rows instead, so that one statement gives it for many institutions at once
    (indicators.grouping); what comes to None is unknown.
    """

    rows: QuerySet
    total: Decimal | None = None
    of: Any = None


Measure = Callable[[Extent], Share | Amount | None]


@dataclass(frozen=True)
class Indicator:
    """A number defined once, by a `measure` over the house's own rows or by a `formula` over a fact.

    `unit` is "%" for a share in percent or any other word; None from the measure is unknown. Of a formula the value is
    part * per / whole / over: `per` 1000 gives a rate of a thousand, `over` 100 turns fen into yuan. `small_cell` is
    the smallest count and `small_whole` the smallest denominator that may leave the consortium (None: as parameters).

    `part_says` and `whole_says` put the numerator and the denominator into words. `grades` makes it a statement: the
    amount is a place in them, the lowest first. `lacks` names the feed that is missing for it. `inside` are the columns
    of a share's rows that say which unit of the institution and which moment they count at (see `inside`). A measure
    that `is_momentary` tells how things stand now: of the past there is what was stored then, and nothing else.
    """

    key: str
    title: str | Promise
    unit: str | Promise
    direction: Direction
    cite: Ground
    measure: Measure | None = field(default=None, repr=False)
    part_says: str | Promise = ""
    whole_says: str | Promise = ""
    help: str | Promise = ""
    theme: str = ""
    frames: tuple[str, ...] = ()
    certainty: Certainty = Certainty.DERIVED
    target: Target | None = None
    grades: tuple[str | Promise, ...] = ()
    lacks: str | Promise = ""
    formula: Formula | None = None
    per: int = 1
    over: int = 1
    level: tuple[str, ...] = ("institution", "consortium", "region")
    small_cell: int | None = None
    small_whole: int | None = None
    inside: tuple[str, str] | None = None
    is_momentary: bool = False

    @property
    def definition(self) -> str:
        """Return the formula, or what the docstring of the measure says."""
        return self.formula.text if self.formula else inspect.getdoc(self.measure) or ""

    @property
    def is_additive(self) -> bool:
        """Whether its parts add up over months and institutions; others are counted anew for each span and group."""
        return self.formula is not None and not self.formula.is_distinct

    @cached_property
    def definition_digest(self) -> bytes:
        """SHA-256 over words, source and formula or code, made once: another digest, another number."""
        with override("zh-hans"):
            words = [self.key, str(self.title), str(self.unit), self.direction, str(self.cite)]
        return hashlib.sha256("\0".join([*words, *self._said()]).encode()).digest()

    def _said(self) -> list[str]:
        if self.formula is None:
            return [inspect.getsource(self.measure)] if self.measure else []
        formula = self.formula
        return [formula.fact, formula.at, formula.part, formula.whole, str(self.per), str(self.over)]

    def worth(self, part: int | Decimal | None, whole: int | Decimal | None = None) -> Decimal | None:
        """Return what numerator and denominator come to, to two decimals; a ratio of nothing is unknown."""
        is_ratio = bool(self.formula.whole) if self.formula else whole is not None
        if part is None or (is_ratio and not whole):
            return None
        scale = self.per * (100 if is_ratio and str(self.unit) == "%" else 1)
        return (Decimal(part) * scale / ((whole or 1) * self.over)).quantize(HUNDREDTH, ROUND_HALF_UP)


indicators: Registry[Indicator] = Registry("indicator")


def indicator(
    key: str,
    title: str | Promise,
    unit: str | Promise,
    direction: Direction | str,
    cite: Ground,
    **words: Any,
) -> Callable[[Measure], Indicator]:
    """Turn a function `(extent) -> Share | Amount | None` into a registered Indicator.

    `words` are `part_says`, `whole_says`, `help`, and where it stands: `theme`, `frames`, `certainty` and so on.
    """

    def declare(measure: Measure) -> Indicator:
        return indicators.add(Indicator(key, title, unit, Direction(direction), cite, measure, **words))

    return declare


def counted(
    key: str,
    title: str | Promise,
    unit: str | Promise,
    direction: Direction | str,
    cite: Ground,
    formula: Formula,
    **facts: Any,
) -> Indicator:
    """Register an indicator given by a formula; `facts` are the further fields of `Indicator`."""
    return indicators.add(Indicator(key, title, unit, Direction(direction), cite, formula=formula, **facts))
