"""Which definition of an indicator holds in which month: what the house ships, and what was adopted since.

An adopted definition holds from a month on, for one consortium or for all; what was counted before stays as it was.
"""

from dataclasses import dataclass
from functools import cached_property

from yilian.kernel.indicators.formula import Formula
from yilian.kernel.indicators.indicator import Indicator, indicators

NEVER_ENDS = 999912


@dataclass(frozen=True)
class Edition:
    """A definition and the months (yyyymm, both included) in which it holds; for one consortium, or None for all."""

    indicator: Indicator
    first: int = 0
    last: int = NEVER_ENDS
    consortium_id: int | None = None

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
    """Return every definition given by a formula with the months in which it holds."""
    return [Edition(indicator) for indicator in indicators if indicator.formula]
