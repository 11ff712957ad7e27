"""Which numbers stand on the cockpit, and how one is put into words: always those of the indicators, never own ones."""

from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.kernel.indicators.indicator import Direction, Indicator, indicators
from yilian.kernel.indicators.results import Total

VALUE, PART, WHOLE = "value", "part", "whole"
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Shown:
    """One number of the screen: an indicator's value, or its numerator or denominator under a word of its own."""

    key: str
    what: str = VALUE
    title: str | Promise = ""
    unit: str | Promise = ""

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
        return str(self.shown.title or self.shown.indicator.title)

    @property
    def unit(self) -> str:
        return str(self.shown.unit or self.shown.indicator.unit)

    @property
    def number(self) -> Decimal | int | None:
        """The number, or None when nobody knows it."""
        return getattr(self.total, self.shown.what)

    @property
    def words(self) -> str:
        """The number in figures, or 无数据."""
        return in_figures(self.number)

    @property
    def base(self) -> str:
        """Numerator and denominator of a share, as they stand on the page of the indicator."""
        if self.shown.what != VALUE or not self.total.whole:
            return ""
        return f"{in_figures(self.total.part)} / {in_figures(self.total.whole)}"

    @property
    def change(self) -> str:
        """How the number differs from that of the period before, or an empty string."""
        earlier = getattr(self.before, self.shown.what)
        if self.number is None or earlier is None:
            return ""
        moved = Decimal(self.number) - Decimal(earlier)
        if not moved:
            return _("与上期持平")
        return (_("比上期高 {n}") if moved > 0 else _("比上期低 {n}")).format(n=in_figures(abs(moved)))

    @property
    def tone(self) -> str:
        """`better`, `worse` or nothing: which way the number went, as the indicator wants it."""
        earlier = getattr(self.before, self.shown.what)
        direction = self.shown.indicator.direction
        if self.shown.what != VALUE or None in (self.number, earlier) or direction == Direction.NONE:
            return ""
        moved = Decimal(self.number or 0) - Decimal(earlier or 0)
        return "" if not moved else "better" if (moved > 0) == (direction == Direction.UP) else "worse"


def in_figures(number: Decimal | int | None) -> str:
    """Return a number as a wall screen shows it: one place after the point, thousands apart; 无数据 for none."""
    if number is None:
        return _("无数据")
    if isinstance(number, int) or number == number.to_integral_value():
        return f"{int(number):,}"
    return f"{number.quantize(TENTH, ROUND_HALF_UP):,}"


HEADLINES = (
    Shown("referral.down_share", WHOLE, gettext_lazy("转诊总数"), gettext_lazy("件")),
    Shown("referral.down_share", PART, gettext_lazy("下转"), gettext_lazy("件")),
    Shown("referral.answered_in_time"),
    Shown("referral.answer_hours_median"),
    Shown("referral.accepted"),
    Shown("referral.followed_up"),
)
"""The key figures of the first screen."""


@dataclass(frozen=True)
class Chart:
    """A trend: its title and the lines in it, all in one unit."""

    title: str | Promise
    lines: tuple[Shown, ...]


CHARTS = (
    Chart(gettext_lazy("转诊量（件）"), HEADLINES[:2]),
    Chart(
        gettext_lazy("按时与接收（%）"),
        (Shown("referral.answered_in_time"), Shown("referral.accepted")),
    ),
    Chart(
        gettext_lazy("各环节用时（小时）"),
        (Shown("referral.answer_hours_median"), Shown("referral.hours_to_arrived")),
    ),
    Chart(gettext_lazy("连续管理（%）"), (Shown("referral.feedback_written"), Shown("referral.followed_up"))),
)
LEAGUES = (
    Shown("referral.answered_in_time"),
    Shown("referral.down_share"),
    Shown("referral.feedback_written"),
)
"""Tables of members, the best first."""


def keys_of(*shown: Shown) -> list[str]:
    """Return the indicators of these numbers, each once."""
    return list(dict.fromkeys(item.key for item in shown))


def as_of(totals: list[Total]) -> datetime | None:
    """Return when the oldest of these results was computed, or None when there is none."""
    return min((total.as_of for total in totals if total.as_of), default=None)
