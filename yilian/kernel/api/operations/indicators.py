"""Indicators: what each counts, and what it comes to for the acting institution or one of its consortia."""

from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from ninja import Router

from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.api.body import query
from yilian.kernel.api.document.describe import described
from yilian.kernel.api.entrance import ApiRequest
from yilian.kernel.api.problems import cited, not_found, refuse
from yilian.kernel.api.reply import ROOT, reply
from yilian.kernel.clock.periods import Period, parse, period_of
from yilian.kernel.indicators.catalogue import adopted_by, definition, owners
from yilian.kernel.indicators.evaluation import evaluate
from yilian.kernel.indicators.indicator import Indicator, indicators
from yilian.kernel.indicators.places import circles_for, seen_circles
from yilian.kernel.indicators.results import series
from yilian.kernel.workflow.answers import Answers
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
    """Return every definition that is shipped, then what the own consortia have adopted instead or beside them."""
    own = [(circle, found) for circle in circles_for(request.actor) for found in adopted_by(circle)]
    items = [_definition(indicator, None) for indicator in indicators]
    return reply({"items": [*items, *(_definition(found, circle) for circle, found in own)]})


@router.get("/indicators/{key}", openapi_extra=described(
    _("指标的值"), tag="knowledge", answer="IndicatorValue", query=EXTENT, problems=("not-found", "invalid"),
))  # fmt: skip
def value(request: ApiRequest, key: str) -> HttpResponse:
    """Return what an indicator comes to; null is unknown and never zero."""
    asked = _Asked(request, key)
    found = evaluate(key, asked.institution_id, asked.consortium_id, period=asked.period)
    shown = asked.shape() | {
        "value": found.value,
        "part": found.part,
        "whole": found.whole,
        "shown": found.shown,
        "is_unknown": found.is_unknown,
    }
    return reply(shown)


@router.get("/indicators/{key}/months", openapi_extra=described(
    _("指标的各月"), tag="knowledge", answer="IndicatorMonths", query=EXTENT, problems=("not-found", "invalid"),
))  # fmt: skip
def months(request: ApiRequest, key: str) -> HttpResponse:
    """Return the months of a period as they were stored, the oldest first; a month that is not there is unknown."""
    asked = _Asked(request, key)
    place = asked.institution_id
    found = series(
        [key], institution_ids=None if place is None else [place], consortium_id=asked.consortium_id,
        period=asked.period,
    )[key].get(place, [])  # fmt: skip
    items = [
        {"month": f"{point.month:%Y-%m}", "value": point.value, "part": point.part, "whole": point.whole,
         "version": point.digest.hex()[:8]} for point in found
    ]  # fmt: skip
    return reply(asked.shape() | {"items": items})


@dataclass
class _Asked:
    """What a call asks for: an indicator that the reader may know, a period and whom it is about."""

    request: ApiRequest
    key: str

    def __post_init__(self) -> None:
        """Raise the problem of an indicator that nobody declared, or that is another consortium's own."""
        self.is_own = self.key not in indicators
        self.mine = sorted(owners(self.key) & set(circles_for(self.request.actor))) if self.is_own else []
        if self.is_own and not self.mine:
            raise not_found()

    @cached_property
    def given(self) -> Answers:
        return query(self.request, EXTENT, self.actor)

    @property
    def actor(self) -> Actor:
        return self.request.actor

    @cached_property
    def period(self) -> Period:
        return _period(self.given.get("period"))

    @cached_property
    def consortium_id(self) -> int | None:
        """The consortium asked for; of what a consortium added, that one."""
        named: int | None = self.given.get("consortium")
        if named is not None and named not in (self.mine if self.is_own else seen_circles(self.actor)):
            raise not_found()
        return self.mine[0] if self.is_own and named is None else named

    @property
    def institution_id(self) -> int | None:
        is_everybody = self.given.get("consortium") is not None or self.given.get("scope", OWN) == ALL
        return None if is_everybody else self.actor.institution_id

    def shape(self) -> dict[str, Any]:
        """Return the indicator as it is defined there, the period and whom it is about."""
        consortium, period = self.consortium_id, self.period
        return {
            "indicator": _definition(definition(self.key, consortium), self.mine[0] if self.is_own else None),
            "period": {"label": period.label, "first": period.first, "last": period.last},
            "institution_id": self.institution_id,
            "consortium_id": consortium,
        }


def _period(text: str | None) -> Period:
    period: Period | None = None
    with suppress(ValueError):  # also of a year that has no following one
        period = parse(text) if text else period_of(clock.today(), 1)
    if period is None or period.first.year not in YEARS or period.last.year not in YEARS:
        hint = gettext("period 应为期间，如 2026、2026H1、2026Q3、2026-05 或 2026-05-01..2026-06-15")
        raise refuse("invalid", hint, field="period")
    return period


def _definition(indicator: Indicator, consortium_id: int | None) -> dict[str, Any]:
    formula, target = indicator.formula, indicator.target
    return {
        "key": indicator.key,
        "title": str(indicator.title),
        "unit": str(indicator.unit),
        "direction": indicator.direction,
        "part_says": str(indicator.part_says),
        "whole_says": str(indicator.whole_says),
        "help": str(indicator.help),
        "citation": cited(indicator.cite),
        "certainty": str(indicator.certainty),
        "level": list(indicator.level),
        "frames": list(indicator.frames),
        "formula": None if formula is None else {
            "fact": formula.fact, "at": formula.at, "part": formula.part, "whole": formula.whole,
            "per": indicator.per, "over": indicator.over,
        },
        "target": None if target is None else target.value,
        "lacks": str(indicator.lacks),
        "version": indicator.definition_digest.hex()[:8],
        "consortium_id": consortium_id,
        "url": f"{ROOT}/indicators/{indicator.key}",
    }  # fmt: skip
