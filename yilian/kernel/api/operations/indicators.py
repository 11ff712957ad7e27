"""Indicators: what each counts, and what it comes to for the acting institution or one of its consortia."""

from contextlib import suppress
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from ninja import Router

from yilian.kernel import clock
from yilian.kernel.api.body import query
from yilian.kernel.api.document.describe import described
from yilian.kernel.api.entrance import ApiRequest
from yilian.kernel.api.problems import cited, not_found, refuse
from yilian.kernel.api.reply import ROOT, reply
from yilian.kernel.clock.periods import Period, parse, period_of
from yilian.kernel.indicators.evaluation import evaluate
from yilian.kernel.indicators.indicator import Indicator, indicators
from yilian.kernel.workflow.flow import Ask

router = Router()
YEARS = range(1900, 3000)
OWN, ALL = "own", "all"
EXTENT = (
    Ask("period", _("期间"), required=False, help=_("如 2026、2026H1、2026Q3、2026-05 或 2026-05-01..2026-06-15")),
    Ask("consortium", _("医联体"), "consortium", required=False),
    Ask("scope", _("范围"), "choice", required=False, choices=((OWN, _("本机构")), (ALL, _("全部可见"))),
        help=_("指明医联体时不看此项")),
)  # fmt: skip


@router.get("/indicators", openapi_extra=described(_("指标"), tag="knowledge", answer="Indicators"))
def definitions(request: ApiRequest) -> HttpResponse:
    """Return the definition of every indicator."""
    return reply({"items": [_definition(indicator) for indicator in indicators]})


@router.get("/indicators/{key}", openapi_extra=described(
    _("指标的值"), tag="knowledge", answer="IndicatorValue", query=EXTENT, problems=("not-found", "invalid"),
))  # fmt: skip
def value(request: ApiRequest, key: str) -> HttpResponse:
    """Return what an indicator comes to; null is unknown and never zero."""
    indicator = indicators.get(key)
    if indicator is None:
        raise not_found()
    given = query(request, EXTENT, request.actor)
    period, consortium = _period(given.get("period")), given.get("consortium")
    own = consortium is None and given.get("scope", OWN) != ALL
    found = evaluate(key, request.actor.institution_id if own else None, consortium, period=period)
    shown = {
        "indicator": _definition(indicator),
        "period": {"label": period.label, "first": period.first, "last": period.last},
        "institution_id": request.actor.institution_id if own else None,
        "consortium_id": consortium,
        "value": found.value,
        "part": found.part,
        "whole": found.whole,
        "shown": found.shown,
        "is_unknown": found.is_unknown,
    }
    return reply(shown)


def _period(text: str | None) -> Period:
    period: Period | None = None
    with suppress(ValueError):  # also of a year that has no following one
        period = parse(text) if text else period_of(clock.today(), 1)
    if period is None or period.first.year not in YEARS or period.last.year not in YEARS:
        hint = gettext("period 应为期间，如 2026、2026H1、2026Q3、2026-05 或 2026-05-01..2026-06-15")
        raise refuse("invalid", hint, field="period")
    return period


def _definition(indicator: Indicator) -> dict[str, Any]:
    return {
        "key": indicator.key,
        "title": str(indicator.title),
        "unit": str(indicator.unit),
        "direction": indicator.direction,
        "part_says": str(indicator.part_says),
        "whole_says": str(indicator.whole_says),
        "help": str(indicator.help),
        "citation": cited(indicator.cite),
        "url": f"{ROOT}/indicators/{indicator.key}",
    }
