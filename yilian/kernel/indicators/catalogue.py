"""Which definition of an indicator holds where and when: what the house ships, and what a consortium adopted since.

An adopted definition holds from a month on within one consortium; what was counted before stays as it was, and so do
the numbers outside. Whatever is not adopted is as shipped.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from yilian.kernel.almanac.keeping import kept
from yilian.kernel.indicators.formula import Formula
from yilian.kernel.indicators.indicator import Direction, Indicator, indicators
from yilian.kernel.indicators.models import Definition
from yilian.kernel.indicators.shelf import Certainty, Target
from yilian.kernel.registries import UnknownKeyError
from yilian.kernel.rules.regulation import Decision

NEVER_ENDS = 999912
GROUND = "docs/adr/0167-a-consortium-adopts-its-own-definitions.md"
OWN_GROUND = Decision(GROUND, _("医联体自定指标"))
OWN = "local"
"""What the key of an indicator begins with that a consortium has added."""


@dataclass(frozen=True)
class Edition:
    """A definition and the months (yyyymm, both included) in which it holds; for one consortium, or None for all.

    `base` is the digest of what holds elsewhere: when that is counted anew, so is this, which then stands in its place.
    """

    indicator: Indicator
    first: int = 0
    last: int = NEVER_ENDS
    consortium_id: int | None = None
    base: bytes = b""

    @property
    def key(self) -> str:
        return self.indicator.key

    @property
    def formula(self) -> Formula | None:
        return self.indicator.formula

    @cached_property
    def digest(self) -> bytes:
        """The digest of the definition, made once."""
        return self.indicator.definition_digest

    def holds(self, month: int) -> bool:
        """Whether it holds in a month."""
        return self.first <= month <= self.last


def editions() -> list[Edition]:
    """Return every definition given by a formula with the months in which it holds, those for all first."""
    shipped = [Edition(indicator) for indicator in indicators if indicator.formula]
    base = {edition.key: edition.digest for edition in shipped}
    own = []
    for (key, consortium), rows in _by_consortium().items():
        ends = [*(row.since_month - 1 for row in rows[1:]), NEVER_ENDS]
        for row, last in zip(rows, ends, strict=True):
            if row.since_month <= last and row.part:
                own.append(Edition(as_indicator(row), row.since_month, last, consortium, base.get(key, b"")))
    return [*shipped, *own]


def definition(key: str, consortium_id: int | None = None) -> Indicator:
    """Return the newest definition within a consortium, else what is shipped; raise UnknownKeyError for no such key."""
    return definitions([key], consortium_id)[key]


def definitions(keys: Iterable[str], consortium_id: int | None = None) -> dict[str, Indicator]:
    """Return the newest definition of each key within a consortium, else what is shipped; raise UnknownKeyError."""
    keys = list(keys)
    if consortium_id is None and all(key in indicators for key in keys):
        return {key: indicators[key] for key in keys}
    held = _by_consortium()
    own = {key: rows for (key, _consortium), rows in held.items()} | {
        key: rows for (key, consortium), rows in held.items() if consortium == consortium_id}  # fmt: skip
    found: dict[str, Indicator] = {}
    for key in keys:
        if key in indicators and (key, consortium_id) not in held:
            found[key] = indicators[key]
        elif key in own:
            found[key] = as_indicator(own[key][-1])
        else:
            raise UnknownKeyError(key)
    return found


def history(key: str, consortium_id: int) -> list[Definition]:
    """Return the definitions that a consortium adopted of an indicator, the oldest first."""
    return list(_by_consortium().get((key, consortium_id), ()))


def of_consortium(consortium_id: int) -> list[Indicator]:
    """Return every indicator as it is defined within a consortium, its own additions last."""
    own = [key for key, consortium in _by_consortium() if consortium == consortium_id and key not in indicators]
    return list(definitions([*(indicator.key for indicator in indicators), *own], consortium_id).values())


def adopted_by(consortium_id: int) -> list[Indicator]:
    """Return the definitions that a consortium adopted, as they are now, by their keys."""
    keys = sorted(key for key, consortium in _by_consortium() if consortium == consortium_id)
    return list(definitions(keys, consortium_id).values())


def is_known(key: str) -> bool:
    """Whether the house ships an indicator of this key or a consortium has added it."""
    return key in indicators or bool(owners(key))


def owners(key: str) -> set[int]:
    """Return the consortia that adopted a definition of this key."""
    return {consortium for adopted, consortium in _by_consortium() if adopted == key}


@kept
def _rows() -> tuple[Definition, ...]:
    return tuple(Definition.objects.order_by("key", "consortium_id", "since_month", "pk"))


def _by_consortium() -> dict[tuple[str, int], list[Definition]]:
    """Return adopted definitions by indicator and consortium; of two that begin in one month the later counts."""
    found: dict[tuple[str, int], list[Definition]] = {}
    for row in _rows():
        rows = found.setdefault((row.key, row.consortium_id), [])
        if rows and rows[-1].since_month == row.since_month:
            rows.pop()
        rows.append(row)
    return found


def as_indicator(row: Definition) -> Indicator:
    """Return an adopted definition as an indicator; what it doesn't say is as shipped: all but the target of some."""
    shipped = indicators.get(row.key)
    target = None if row.target is None else Target(row.target)
    if shipped and not row.part:
        return replace(shipped, target=target)
    return Indicator(
        row.key, row.title, row.unit, Direction(row.direction), shipped.cite if shipped else OWN_GROUND,
        measure=None, part_says=row.part_says, whole_says=row.whole_says, help=row.help,
        theme=shipped.theme if shipped else "", frames=shipped.frames if shipped else (), certainty=Certainty.LOCAL,
        target=target,
        formula=Formula(row.fact, row.at, row.part, row.whole), per=row.per, over=row.over,
        level=("institution", "consortium"), small_cell=shipped.small_cell if shipped else None,
        small_whole=shipped.small_whole if shipped else None,
    )  # fmt: skip
