"""The rows of the lake behind a number, for those whose institution fed them; to others a sentence says why not."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from yilian.kernel.indicators.indicator import Extent
from yilian.kernel.indicators.own_rows import OwnRows, Pair, RowsClosedError, open_rows
from yilian.kernel.pages.indicators.row_words import month_words, word
from yilian.kernel.pages.templatetags.pages import minute


def fed_rows(request: HttpRequest, key: str, extent: Extent, *, of_part: bool, start: int, most: int) -> dict[str, Any]:
    """Return what each row is called with what is known of it, sentences about them, and whether there is a file."""
    try:
        rows = open_rows(key, extent, request.actor, of_part=of_part)  # type: ignore[attr-defined]
        if rows is None:
            return {"found": []}
        found = [(f"{cells[0]} · {cells[1]}", "", _known(rows, cells[2:])) for cells in cells_of(rows, start, most)]
        return {"found": found, "said": list(_sentences(rows)), "may_export": bool(rows.count)}
    except RowsClosedError as closed:
        return {"found": [], "said": [str(closed)]}


def cells_of(rows: OwnRows, start: int, most: int) -> Iterator[list[str]]:
    """Yield number in the source, month and the columns of rows, in words. Raises RowsClosedError."""
    for source_key, month, *values in rows.page(start, most):
        known = [word(column, value) for column, value in zip(rows.columns, values, strict=True)]
        yield [source_key, month_words(month), *known]


def titles_of(rows: OwnRows) -> list[str]:
    """Return the titles of these cells."""
    return [_("流水号"), _("月份"), *(str(column.title) for column in rows.columns)]


def _known(rows: OwnRows, cells: list[str]) -> str:
    return _("；").join(f"{column.title} {cell}" for column, cell in zip(rows.columns, cells, strict=True))


def _sentences(rows: OwnRows) -> Iterator[str]:
    """Yield what a reader has to know of the list: whose rows, which months, whether the number is older than they."""
    yield _("本机构报送的记录 {n} 条；其他机构报送的不显示。").format(n=rows.count)
    if rows.fed_by_others:
        yield _("这个数里另有 {n} 条由其他机构报送。").format(n=rows.fed_by_others)
    if not rows.is_whole:
        listed = _("、").join(map(month_words, rows.months)) or _("无")
        yield _("只列这些月份：{months}；其余月份按另一口径统计，或当时不属于该医联体。").format(months=listed)
        return
    now, (then, at) = rows.now(), rows.then()
    if now != then:
        told = _("此刻数据湖里数得 {now}，{at} 统计的数是 {then}：其间有行更正、补报或撤回，下次统计后一致。")
        yield told.format(now=_pair(now), at=minute(at), then=_pair(then))


def _pair(numbers: Pair) -> str:
    return " / ".join(str(number) for number in numbers if number is not None) or _("无数据")
