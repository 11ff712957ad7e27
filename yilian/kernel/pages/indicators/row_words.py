"""What is known of a row, in words."""

from typing import Any

from django.utils.translation import gettext as _

from yilian.kernel.lake.fact import Column, Kind


def word(column: Column, value: Any) -> str:
    """Return one cell in words; a digest that stands for a person as the sixteen signs it is."""
    if value is None:
        return _("未知")
    if column.kind == Kind.BOOL:
        return _("是") if value else _("否")
    if column.kind == Kind.MOMENT:
        return f"{value:%Y-%m-%d %H:%M}"
    if column.kind == Kind.IDENTITY:
        return f"{value:016x}"
    return str(column.choices.get(str(value), value))


def month_words(month: int) -> str:
    """Return 2026-10 for 202610."""
    return f"{month // 100}-{month % 100:02d}"
