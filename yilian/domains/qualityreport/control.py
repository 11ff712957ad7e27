"""Statistical process control: limits within which a steady process stays, and the months that say it is not steady.

Both charts are those of Shewhart. Months without data are left out; they are neither inside nor outside.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby, pairwise

SIGMAS = 3
MOVING_RANGE = Decimal("2.66")
"""3 / d2 with d2 = 1.128, the mean range of two values of a normal distribution in standard deviations."""
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Month:
    """One month: its value, and for a share the rows of numerator and denominator; None when nobody knows them."""

    month: str
    value: Decimal | None
    part: int | None = None
    whole: int | None = None


@dataclass(frozen=True)
class Limit:
    """A month with the limits it is held against (None: no limits for it)."""

    month: str
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None

    @property
    def is_above(self) -> bool:
        return None not in (self.value, self.high) and self.value > self.high  # type: ignore[operator]

    @property
    def is_below(self) -> bool:
        return None not in (self.value, self.low) and self.value < self.low  # type: ignore[operator]


@dataclass(frozen=True)
class Limits:
    """The centre line and every month with its limits."""

    centre: Decimal
    months: tuple[Limit, ...]


def share_limits(months: Sequence[Month], scale: int = 100) -> Limits | None:
    """Return the limits of a p-chart: p = sum(part) / sum(whole); in a month of n rows p ± 3 · sqrt(p (1 − p) / n).

    The limits end at 0 and 1; `scale` turns shares into the unit of the values (100 for per cent). None when there are
    no rows at all.
    """
    known = [month for month in months if month.whole and month.part is not None]
    rows = sum(month.whole or 0 for month in known)
    if not rows:
        return None
    share = Decimal(sum(month.part or 0 for month in known)) / rows
    spread = share * (1 - share)

    def of(month: Month) -> Limit:
        if not month.whole or month.part is None:
            return Limit(month.month, None)
        reach = SIGMAS * (spread / month.whole).sqrt()
        low, high = max(Decimal(0), share - reach), min(Decimal(1), share + reach)
        return Limit(month.month, month.value, _round(low * scale), _round(high * scale))

    return Limits(_round(share * scale), tuple(of(month) for month in months))


def single_limits(months: Sequence[Month]) -> Limits | None:
    """Return the limits of an XmR chart: mean ± 2.66 · mean moving range, of neighbouring known months.

    The lower limit ends at 0 when no value lies below. None with fewer than two known months.
    """
    values = [month.value for month in months if month.value is not None]
    if len(values) < 2:
        return None
    mean = sum(values, Decimal(0)) / len(values)
    ranges = [abs(after - before) for before, after in pairwise(values)]
    reach = MOVING_RANGE * sum(ranges, Decimal(0)) / len(ranges)
    low = mean - reach if min(values) < 0 else max(Decimal(0), mean - reach)
    high = mean + reach
    return Limits(
        _round(mean),
        tuple(
            Limit(month.month, month.value, *((_round(low), _round(high)) if month.value is not None else ()))
            for month in months
        ),
    )


def runs(limits: Limits, length: int) -> list[tuple[str, str, bool]]:
    """Return (first month, last month, above) of every run of `length` or more known months on one side of the centre.

    A month that lies on the line ends a run.
    """
    known = [(month.month, _side(month.value, limits.centre)) for month in limits.months if month.value is not None]
    found = []
    for side, group in groupby(known, key=lambda pair: pair[1]):
        months = [month for month, _side in group]
        if side and len(months) >= length:
            found.append((months[0], months[-1], side > 0))
    return found


def _side(value: Decimal, centre: Decimal) -> int:
    return (value > centre) - (value < centre)


def _round(number: Decimal) -> Decimal:
    return number.quantize(HUNDREDTH, ROUND_HALF_UP)
