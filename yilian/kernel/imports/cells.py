"""From a cell to a value, or to the sentence that says why not."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from yilian.kernel import clock

Cell = str | float | int | bool | date | datetime | time | timedelta
EXACT_DIGITS = 15
"""Excel keeps 15 significant digits of a number; longer ones have been altered already."""
DAY_SHAPE = re.compile(r"(\d{4})\s*[-/.年]?\s*(\d{1,2})\s*[-/.月]?\s*(\d{1,2})\s*日?", re.ASCII)


class CellError(ValueError):
    """A cell does not hold what its column asks; the message says why."""


def as_text(cell: Cell) -> str:
    """Return a cell as a person reads it; raise CellError for a number too long to have survived as one."""
    if isinstance(cell, bool):
        return _("是") if cell else _("否")
    if isinstance(cell, float | int):
        if abs(cell) >= 10**EXACT_DIGITS:
            raise CellError(_("数字超过15位会失真，请把单元格设为文本格式后重新填写"))
        return str(int(cell)) if cell == int(cell) else repr(cell)
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    return str(cell).strip()


def text(longest: int = 0) -> Callable[[Cell], str]:
    """Return a parser for text of at most so many characters (0: any length)."""

    def parse(cell: Cell) -> str:
        value = as_text(cell)
        if longest and len(value) > longest:
            raise CellError(_("不能超过%(longest)s个字，现为%(length)s个") % {"longest": longest, "length": len(value)})
        return value

    return parse


def whole(least: int = 0, most: int = 2**31 - 1) -> Callable[[Cell], int]:
    """Return a parser for whole numbers within bounds."""

    def parse(cell: Cell) -> int:
        value = _decimal(cell)
        if value is None or value != value.to_integral_value() or not least <= value <= most:
            raise CellError(_("应为%(least)s至%(most)s之间的整数") % {"least": least, "most": most})
        return int(value)

    return parse


def decimal(least: str, most: str, places: int) -> Callable[[Cell], Decimal]:
    """Return a parser for decimal numbers within bounds, rounded to so many places."""

    def parse(cell: Cell) -> Decimal:
        value = _decimal(cell)
        if value is None or not Decimal(least) <= value <= Decimal(most):
            raise CellError(_("应为%(least)s至%(most)s之间的数") % {"least": least, "most": most})
        return value.quantize(Decimal(1).scaleb(-places))

    return parse


def day(cell: Cell) -> date:
    """Return the day in a date cell, or in text like 2026-01-31, 2026/1/31, 20260131 or 2026年1月31日."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    found = DAY_SHAPE.fullmatch(as_text(cell))
    try:
        return date(*(int(part) for part in found.groups())) if found else _no_day()
    except ValueError:
        return _no_day()


def moment(cell: Cell) -> datetime:
    """Return the moment in a date cell, or in text like 2026-01-31 08:30; a day alone is its beginning."""
    if isinstance(cell, datetime):
        found: datetime | None = cell
    elif isinstance(cell, date):
        found = datetime.combine(cell, time.min)
    else:
        found = _read(as_text(cell))
    if found is None or not 1 < found.year < 9999:  # the first and last year have moments that other zones cannot say
        raise CellError(_("不是有效时间，应写作 2026-01-31 08:30"))
    try:
        return clock.shown(found) if timezone.is_naive(found) else found
    except clock.NoSuchMomentError:
        raise CellError(_("这一时刻不存在：当地时钟在此时拨快，请填写实际时间")) from None


def yes_no(cell: Cell) -> bool:
    """Return True for 是 and False for 否."""
    if isinstance(cell, bool):
        return cell
    return one_of({"是": True, "否": False, "有": True, "无": False})(cell)


def one_of(meanings: Mapping[str, Any]) -> Callable[[Cell], Any]:
    """Return a parser for one of a few words; the sentence names them when there are at most twelve."""

    def parse(cell: Cell) -> Any:
        word = as_text(cell)
        if word in meanings:
            return meanings[word]
        if len(meanings) > 12:
            raise CellError(_("“%(word)s”不在可选范围内") % {"word": word})
        raise CellError(_("只能填：%(words)s") % {"words": _("、").join(meanings)})

    return parse


def several(cell: Cell) -> list[str]:
    """Return the parts of a list written with 、 or , or ; or line breaks."""
    return [part for part in re.split(r"[、,，;；\s]+", as_text(cell)) if part]


def _decimal(cell: Cell) -> Decimal | None:
    if isinstance(cell, bool):
        return None
    try:
        value = Decimal(as_text(cell).replace(",", ""))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _read(word: str) -> datetime | None:
    try:
        return parse_datetime(word)
    except ValueError:  # of the right shape, but no such day or hour
        return None


def _no_day() -> date:
    raise CellError(_("不是有效日期，应写作 2026-01-31"))
