"""Released tables: years of an indicator as consortia handed them out, small cells hidden (docs/adr/0204)."""

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Router

from yilian.kernel.api.document.describe import described
from yilian.kernel.api.entrance import ApiRequest
from yilian.kernel.api.problems import not_found
from yilian.kernel.api.reply import ROOT, reply
from yilian.kernel.indicators.disclosure.releasing import HIDDEN, newest
from yilian.kernel.indicators.models import Release

router = Router()


@router.get("/releases", openapi_extra=described(_("对外发布的指标"), tag="knowledge", answer="Releases"))
def releases(request: ApiRequest) -> HttpResponse:
    """Return the tables that stand, the latest year first."""
    return reply({"items": [_brief(row) for row in newest()]})


@router.get("/releases/{int:release_number}", openapi_extra=described(
    _("一张发布的表"), tag="knowledge", answer="ReleasedTable", problems=("not-found",),
))  # fmt: skip
def released(request: ApiRequest, release_number: int) -> HttpResponse:
    """Return one table: institutions by months with their totals. What is hidden says so and has no number."""
    row = Release.objects.select_related("consortium").filter(pk=release_number).first()
    if row is None:
        raise not_found()
    places = [_line(place) for place in row.table["places"]]
    shown = {"places": places, "total": _line(row.table["total"]), "left_out": row.table["left_out"]}
    return reply(_brief(row) | shown)


def _brief(row: Release) -> dict[str, Any]:
    return {
        "id": row.pk, "key": row.key, "title": row.title, "unit": row.unit, "year": row.year,
        "consortium_id": row.consortium_id, "consortium": str(row.consortium), "hidden": row.hidden,
        "smallest_count": row.smallest_count, "smallest_whole": row.smallest_whole, "definitions": row.definitions,
        "released_at": row.released_at, "released_by": row.released_by_name, "url": f"{ROOT}/releases/{row.pk}",
    }  # fmt: skip


def _line(row: dict[str, Any]) -> dict[str, Any]:
    return {"name": row["name"], "months": [_cell(cell) for cell in row["months"]], "year": _cell(row["year"])}


def _cell(cell: dict[str, Any] | str | None) -> dict[str, Any] | None:
    """Return a cell; null is unknown, a hidden one says so."""
    if cell is None:
        return None
    if isinstance(cell, str):
        assert cell == HIDDEN
        return {"is_hidden": True, "value": None, "part": None, "whole": None}
    numbers = {name: None if cell[name] is None else Decimal(cell[name]) for name in ("value", "part", "whole")}
    return {"is_hidden": False} | numbers
