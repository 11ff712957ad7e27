"""The rows behind a number, page by page, each with its address as far as the reader may open it."""

from typing import Any

from django.http import HttpRequest

from yilian.kernel.indicators.evaluation import Value
from yilian.kernel.indicators.indicator import Extent

PAGE = 20


def page_of_rows(request: HttpRequest, value: Value, extent: Extent) -> dict[str, Any]:
    """Return what the list of rows shows: those of the denominator, or with `?rows=part` of the numerator."""
    which = "part" if request.GET.get("rows") == "part" else ""
    start = start_of(request)
    shown = value.part_rows if which else value.rows()
    rows = list(shown.order_by("-pk")[start : start + PAGE + 1]) if shown is not None else []
    return {
        "rows": [(str(row), _address(row)) for row in rows[:PAGE]],
        "which": which,
        "has_both": value.whole_rows is not None,
        "next": start + PAGE if len(rows) > PAGE else None,
        "previous": start - PAGE if start >= PAGE else None,
    }


def start_of(request: HttpRequest) -> int:
    """Return the place of the first row of the page asked for."""
    text = request.GET.get("from", "")
    return int(text) // PAGE * PAGE if text.isdecimal() and len(text) < 9 else 0


def _address(row: Any) -> str:
    return row.get_absolute_url() if hasattr(row, "get_absolute_url") else ""
