"""Which numbers stand on the cockpit, and how one is put into words: always those of the indicators, never own ones."""

from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.kernel.indicators.indicator import Direction, Indicator, indicators
from yilian.kernel.indicators.results import Total

TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Shown:
    """One number of the screen: what an indicator came to."""

    key: str

    @property
    def indicator(self) -> Indicator:
        return indicators[self.key]


@dataclass(frozen=True)
class Figure:
    """A number of the period beside that of the period before, ready to be read."""

    shown: Shown
    total: Total
    before: Total
    address: str

    @property
    def title(self) -> str:
        return str(self.shown.indicator.title)

    @property
    def unit(self) -> str:
        return str(self.shown.indicator.unit)

    @property
    def number(self) -> Decimal | None:
        """The number, or None when nobody knows it."""
        return self.total.value

    @property
    def words(self) -> str:
        """The number in figures, or 无数据."""
        return in_figures(self.number)

    @property
    def base(self) -> str:
        """Numerator and denominator of a share, as they stand on the page of the indicator."""
        if not self.total.whole:
            return ""
        return f"{in_figures(self.total.part)} / {in_figures(self.total.whole)}"

    @property
    def change(self) -> str:
        """How the number differs from that of the period before, or an empty string."""
        moved = self._moved
        if moved is None:
            return ""
        if not moved:
            return _("与上期持平")
        return (_("比上期高 {n}") if moved > 0 else _("比上期低 {n}")).format(n=in_figures(abs(moved)))

    @property
    def tone(self) -> str:
        """`better`, `worse` or nothing: which way the number went, as the indicator wants it."""
        moved, direction = self._moved, self.shown.indicator.direction
        if not moved or direction == Direction.NONE:
            return ""
        return "better" if (moved > 0) == (direction == Direction.UP) else "worse"

    @property
    def _moved(self) -> Decimal | None:
        """By how much the number moved, as exact as it is shown: less than half of that is no change."""
        if self.total.value is None or self.before.value is None:
            return None
        return Decimal(self.total.value - self.before.value).quantize(TENTH, ROUND_HALF_UP)


def in_figures(number: Decimal | int | None) -> str:
    """Return a number as a wall screen shows it: one place after the point, thousands apart; 无数据 for none."""
    if number is None:
        return _("无数据")
    if isinstance(number, int) or number == number.to_integral_value():
        return f"{int(number):,}"
    return f"{number.quantize(TENTH, ROUND_HALF_UP):,}"


HEADLINES = (
    Shown("referral.sent_up"),
    Shown("referral.sent_down"),
    Shown("referral.in_time_share"),
    Shown("referral.arrived_share"),
    Shown("referral.down_to_primary"),
    Shown("recognition.rate"),
)
"""The key figures of the first screen."""


@dataclass(frozen=True)
class Chart:
    """A trend: its title and the lines in it, all in one unit."""

    title: str | Promise
    lines: tuple[Shown, ...]


CHARTS = (
    Chart(gettext_lazy("转诊量（人次）"), HEADLINES[:2]),
    Chart(gettext_lazy("转诊按期答复与到诊（%）"), HEADLINES[2:4]),
    Chart(gettext_lazy("服务量（人次）"), (Shown("service.discharges"),)),
    Chart(gettext_lazy("互认与药占比（%）"), (Shown("recognition.rate"), Shown("cost.drug_share"))),
)
LEAGUES = (
    Shown("referral.in_time_share"),
    Shown("referral.arrived_share"),
    Shown("recognition.rate"),
)
"""Tables of members, the best first."""


def keys_of(*shown: Shown) -> list[str]:
    """Return the indicators of these numbers, each once."""
    return list(dict.fromkeys(item.key for item in shown))


def as_of(totals: list[Total]) -> datetime | None:
    """Return when the oldest of these results was computed, or None when there is none."""
    return min((total.as_of for total in totals if total.as_of), default=None)
