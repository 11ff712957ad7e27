"""One line for each indicator of the shelf: where it stands, what was stored of it, and why there is nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from yilian.kernel.indicators.evaluation import Value
from yilian.kernel.indicators.indicator import Direction, Extent, Indicator
from yilian.kernel.indicators.results import Total
from yilian.kernel.indicators.shelf import CERTAINTIES, Frame, Theme, frames, themes


@dataclass(frozen=True)
class Line:
    """An indicator with what a period and scope came to, as it is stored."""

    indicator: Indicator
    theme: Theme
    frames: tuple[Frame, ...]
    value: Value
    total: Total

    @property
    def certainty(self) -> str:
        return str(CERTAINTIES[self.indicator.certainty])

    @property
    def is_known(self) -> bool:
        return self.value.value is not None

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; None without a target, a direction or a value."""
        return met(self.indicator, self.value.value)

    @property
    def why(self) -> str:
        """Return in words why there is no value, or how much of the period it covers; nothing when it is whole."""
        if self.indicator.lacks:
            return _("缺数据：{lacks}").format(lacks=self.indicator.lacks)
        if self.is_known:
            return partly(self.total)
        if self.indicator.formula is None:
            return _("点开即时计算")
        return _("分母为零") if self.total.whole == 0 else _("未覆盖")


def partly(total: Total) -> str:
    """Return in words how many of the months a total covers and whether they were counted alike; "" if all were."""
    said = []
    if total.months_missing:
        months = total.months_covered + total.months_missing
        said.append(_("{n}/{months} 个月有数据").format(n=total.months_covered, months=months))
    if total.definitions > 1:
        said.append(_("期内口径有变更"))
    return _("；").join(said)


def met(indicator: Indicator, value: Decimal | None) -> bool | None:
    """Say whether a value reaches the target of its indicator; None when nobody can say."""
    if indicator.target is None or value is None or indicator.direction == Direction.NONE:
        return None
    return value >= indicator.target.value if indicator.direction == Direction.UP else value <= indicator.target.value


def theme_of(indicator: Indicator) -> Theme:
    """Return the theme it names, else the one whose key begins its own; an unknown one is called by its key."""
    key = indicator.theme or indicator.key.partition(".")[0]
    return themes.get(key) or Theme(key, key)


def lines_of(shown: Iterable[Indicator], stored: Mapping[str, Total], extent: Extent) -> list[Line]:
    """Return the lines of these indicators."""
    return [_line(indicator, stored[indicator.key], extent) for indicator in shown]


def _line(indicator: Indicator, total: Total, extent: Extent) -> Line:
    part, whole = (None if number is None else Decimal(number) for number in (total.part, total.whole))
    value = Value(indicator, extent, total.value, part, whole)
    return Line(indicator, theme_of(indicator), tuple(frames[key] for key in indicator.frames), value, total)
