"""The running of the network in the JSON interface: the same tables, the same indicators."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from ninja import Router

from yilian.kernel import clock
from yilian.kernel.api.body import query
from yilian.kernel.api.document.components import MOMENT, NUMBER, TEXT, record, ref, several
from yilian.kernel.api.document.describe import described
from yilian.kernel.api.entrance import ApiRequest
from yilian.kernel.api.problems import not_found, refuse
from yilian.kernel.api.reply import reply
from yilian.kernel.api.routers import ApiPart, api_parts
from yilian.kernel.clock.periods import BadPeriodError, Period, parse, period_of
from yilian.kernel.indicators.evaluation import Value
from yilian.kernel.workflow.flow import Ask
from yilian.reports.network import leagues
from yilian.reports.network.overseen import consortia_for, places_in
from yilian.reports.network.tables import READERS, TABLES

router = Router()
LIST = (
    Ask("table", _("表"), "choice", choices=tuple((key, table.title) for key, table in TABLES.items()), required=False),
    Ask("consortium", _("医联体"), "consortium", required=False),
    Ask("period", _("期间"), required=False, help=_("如 2026、2026H1、2026Q3、2026-05 或 2026-05-01..2026-06-15")),
)


@router.get("", openapi_extra=described(
    _("网络运行"), tag="network", answer="Network", query=LIST, problems=("not-yours", "not-found", "invalid"),
))  # fmt: skip
def read_network(request: ApiRequest) -> HttpResponse:
    """Return one table for a consortium that one looks after (the first, if none is named) and a period (the quarter).

    `values` holds indicators by key; null is unknown and never zero.
    """
    if not request.actor.may(*READERS):
        raise refuse("not-yours", gettext("您的岗位不查看网络运行。请切换岗位或联系本机构管理员。"))
    given, today = query(request, LIST, request.actor), clock.today()
    rows, wanted = consortia_for(request.actor, today), given.get("consortium")
    found = next((row for row in rows if wanted in (None, row.pk)), None)
    if found is None:
        raise not_found()
    period = _period(given.get("period"))
    table = TABLES[given.get("table") or "members"]
    lines = table.make(leagues.Extent(found.pk, tuple(places_in(found, today)), period))
    return reply({"consortium": found.pk, "period": period.label, "items": [_line(line) for line in lines]})


def _period(text: str | None) -> Period:
    try:
        return parse(text) if text else period_of(clock.today(), 3)
    except (BadPeriodError, ValueError):
        hint = gettext("period 应为期间，如 2026、2026H1、2026Q3、2026-05 或 2026-05-01..2026-06-15")
        raise refuse("invalid", hint, field="period") from None


def _line(line: leagues.Line) -> dict[str, Any]:
    return {
        "title": line.title, "values": {key: _number(value) for key, value in line.values.items()},
        "why": list(line.why), "last_login": line.last_login, "last_step": line.last_step,
    }  # fmt: skip


def _number(value: Value | None) -> float | None:
    return None if value is None or value.value is None else float(value.value)


def _schemas() -> dict[str, Any]:
    moment = {**MOMENT, "type": ["string", "null"]}
    values = {"type": "object", "additionalProperties": {"type": ["number", "null"]}}
    line = record(title=TEXT, values=values, why=several(TEXT), last_login=moment, last_step=moment)
    return {"Network": record(consortium=NUMBER, period=TEXT, items=several(ref("NetworkLine"))), "NetworkLine": line}


api_parts.add(ApiPart("network", _("网络运行"), router, _schemas))
