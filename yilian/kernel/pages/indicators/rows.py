"""The rows behind a number, page by page, each with its address as far as the reader may open it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from yilian.kernel.indicators.evaluation import Value
from yilian.kernel.indicators.formula import Formula
from yilian.kernel.indicators.indicator import Extent
from yilian.kernel.indicators.live import Behind, is_live, rows_behind
from yilian.kernel.lake.fact import Column, Kind, facts
from yilian.kernel.pages.indicators.fed import fed_rows
from yilian.kernel.pages.indicators.row_words import month_words, word
from yilian.kernel.workflow.models import Case

PAGE = 20


def page_of_rows(request: HttpRequest, value: Value, extent: Extent) -> dict[str, Any]:
    """Return what the list of rows shows: those of the denominator, or with `?rows=part` of the numerator."""
    which = "part" if request.GET.get("rows") == "part" else ""
    start, formula = start_of(request), value.indicator.formula
    fed: dict[str, Any] = {}
    if formula is not None and not is_live(formula):
        fed = fed_rows(request, value.indicator.key, extent, of_part=bool(which), start=start, most=PAGE + 1)
        found, has_both = fed["found"], bool(formula.whole)
    elif formula is not None:
        found = counted_rows(formula, extent, bool(which) or not formula.whole, start)
        has_both = bool(formula.whole)
    else:
        shown = value.part_rows if which else value.rows()
        rows = list(shown.order_by("-pk")[start : start + PAGE + 1]) if shown is not None else []
        found, has_both = [(str(row), _address(row), "") for row in rows], value.whole_rows is not None
    return {
        "rows": found[:PAGE],
        "which": which,
        "has_both": has_both,
        "next": start + PAGE if len(found) > PAGE else None,
        "said": fed.get("said", ()),
        "may_export_rows": fed.get("may_export", False),
        "previous": start - PAGE if start >= PAGE else None,
    }


def start_of(request: HttpRequest) -> int:
    """Return the place of the first row of the page asked for."""
    text = request.GET.get("from", "")
    return int(text) // PAGE * PAGE if text.isdecimal() and len(text) < 9 else 0


def counted_rows(formula: Formula, extent: Extent, of_part: bool, start: int) -> list[tuple[str, str, str]]:
    """Return what each row is called, its address, and what the formula looked at, for one row more than a page."""
    behind = rows_behind(formula, extent, of_part=of_part, start=start, most=PAGE + 1)
    named = _cases(row.row_key for row in behind)
    columns = {str(column.title): column for column in facts[formula.fact].columns}
    title = str(facts[formula.fact].title)
    return [
        (named.get(_case_key(row.row_key), f"{title} {month_words(row.month)}"), row.address or "",
         _said(row, columns))
        for row in behind
    ]  # fmt: skip


def _cases(keys: Iterable[str]) -> dict[UUID | None, str]:
    """Return the numbers of the cases among these rows, as far as the reader sees them, by one statement."""
    wanted = {key for text in keys if (key := _case_key(text)) is not None}
    rows = Case.objects.filter(pk__in=wanted).values_list("pk", "number", "title")
    return {key: f"{number} {title}".strip() for key, number, title in rows}


def _case_key(row_key: str) -> UUID | None:
    try:
        return UUID(row_key.partition(":")[0])
    except ValueError:
        return None


def _said(row: Behind, columns: dict[str, Column]) -> str:
    """Return what the formula looked at, in words; opaque keys are left out."""
    parts = [(title, columns[title], value) for title, value in row.values]
    return _("；").join(
        f"{title} {word(column, value)}" for title, column, value in parts if column.kind != Kind.IDENTITY
    )


def _address(row: Any) -> str:
    return row.get_absolute_url() if hasattr(row, "get_absolute_url") else ""
