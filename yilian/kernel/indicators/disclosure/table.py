"""A table that is handed out: institutions by months, with the totals of both, each a numerator and a denominator."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

TOTAL = 0
"""The key of a row or a column of totals; keys of institutions and months are above it."""
Spot = tuple[int, int]
"""Row (institution) and column (month)."""


@dataclass(frozen=True)
class Pair:
    """Numerator and denominator of one cell; without a denominator `whole` is None."""

    part: int
    whole: int | None = None

    def __add__(self, other: "Pair") -> "Pair":
        whole = None if self.whole is None else self.whole + (other.whole or 0)
        return Pair(self.part + other.part, whole)


@dataclass(frozen=True)
class Threshold:
    """The smallest numerator and the smallest denominator that may be shown; None for what is a sum and no count."""

    part: int | None
    whole: int | None

    def counts(self, pair: Pair) -> Iterator[tuple[int, int]]:
        """Yield each count of a cell with what it must reach; nothing is told by a count of nobody."""
        if self.part is not None:
            yield pair.part, self.part
        if pair.whole is not None and self.whole is not None:
            yield pair.whole, self.whole

    def lacks(self, pair: Pair) -> int:
        """Return how much the smallest count lacks to what it must reach; 0 for what may be shown."""
        return max((least - count for count, least in self.counts(pair) if 0 < count < least), default=0)

    def slack(self, pair: Pair) -> int:
        """Return by how much all counts could be smaller for one who knows that nothing hidden is zero."""
        return max(min((count for count, _least in self.counts(pair)), default=1) - 1, 0)

    def has_zero(self, pair: Pair) -> bool:
        """Say whether a count is zero: such a cell hides nothing beside it."""
        return any(count == 0 for count, _least in self.counts(pair))


@dataclass(frozen=True)
class Table:
    """Known cells by institution and month. Cells that nobody knows are left out, of the totals too."""

    inner: Mapping[Spot, Pair]

    @cached_property
    def cells(self) -> dict[Spot, Pair]:
        """All cells with the totals: of a row, of a column, and of everything."""
        found = dict(self.inner)
        for (row, column), pair in self.inner.items():
            for spot in ((row, TOTAL), (TOTAL, column), (TOTAL, TOTAL)):
                found[spot] = found[spot] + pair if spot in found else pair
        return found
