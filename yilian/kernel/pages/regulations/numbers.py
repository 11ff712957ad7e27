"""Indicators: values for a period and scope, the rows behind one, and freezing it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from yilian.kernel import clock
from yilian.kernel.audit import record
from yilian.kernel.clock.periods import BadPeriodError, Period, parse, period_of
from yilian.kernel.indicators.evaluation import Value, evaluate
from yilian.kernel.indicators.freezing import drift, freeze
from yilian.kernel.indicators.indicator import Indicator, indicators
from yilian.kernel.indicators.models import IndicatorSnapshot
from yilian.kernel.pages.page import Page
from yilian.kernel.workflow.lookups import lookups

PAGE = 20
FREEZERS = ("office", "director", "authority", "quality")


class ExtentPage(Page):
    """What is measured comes from the address: `?period=2026Q3` (or `first` and `last`) and `?scope=own|all|<id>`."""

    @cached_property
    def period(self) -> Period:
        """The period asked for, else the running month."""
        asked = self.request.GET
        text = asked.get("period") or f"{asked.get('first', '')}..{asked.get('last', '')}"
        try:
            return parse(text)
        except BadPeriodError:
            return period_of(clock.today(), 1)

    @cached_property
    def scopes(self) -> list[tuple[str, str]]:
        """What this actor may measure: its institution, each consortium it may name, everything it sees."""
        consortia = lookups["consortium"].search(self.actor, "", "", {})
        named = [(str(found.value), found.label) for found in consortia]
        return [("own", self.actor.institution_name), *named, ("all", _("全部可见"))]

    @cached_property
    def scope(self) -> str:
        wanted = self.request.GET.get("scope", "own")
        return wanted if wanted in dict(self.scopes) else "own"

    def evaluate(self, key: str) -> Value:
        institution = self.actor.institution_id if self.scope == "own" else None
        consortium = int(self.scope) if self.scope.isdecimal() else None
        return evaluate(key, institution, consortium, period=self.period)

    def _is_running(self) -> bool:
        return self.period.last >= clock.today()

    def around(self) -> dict[str, Any]:
        """Return what the choice of period and scope shows."""
        today = clock.today()
        usual = [period_of(today, months).label for months in (1, 3, 12)]
        before = [period_of(today, months).before().label for months in (1, 3, 12)]
        return {
            "period": self.period,
            "last_period": self.period.before().label,
            "next_period": self.period.after().label if self.period.last < today else "",
            "periods": [*usual, *before],
            "is_running": self._is_running(),
            "scopes": self.scopes,
            "scope": self.scope,
        }


class Numbers(ExtentPage):
    """`/indicators/`: every indicator with its value, numerator and denominator."""

    template = "pages/regulations/numbers.html"
    part = "pages/regulations/numbers_part.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        values = [self.evaluate(indicator.key) for indicator in indicators]
        return self.show({"values": values} | self.around())


class Number(ExtentPage):
    """`/indicators/<key>/`: one indicator: definition, value, the rows behind it, and what was frozen."""

    template = "pages/regulations/number.html"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        indicator = self._indicator(key)
        value = self.evaluate(key)
        shown = value.part_rows if request.GET.get("rows") == "part" else value.rows()
        start = self._start()
        rows = list(shown.order_by("-pk")[start : start + PAGE + 1]) if shown is not None else []
        return self.show(
            {
                "indicator": indicator,
                "value": value,
                "rows": [(str(row), _address(row)) for row in rows[:PAGE]],
                "which": request.GET.get("rows", ""),
                "next": start + PAGE if len(rows) > PAGE else None,
                "previous": start - PAGE if start >= PAGE else None,
                "frozen": self._frozen(indicator),
                "may_freeze": self.actor.may(*FREEZERS) and not self._is_running(),
            }
            | self.around()
        )

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Freeze the value as it is now; the period must be over and the purpose given."""
        self.insist(*FREEZERS)
        self._indicator(key)
        ground = request.POST.get("ground", "").strip()[:300]
        if refused := self._why_not(ground):
            messages.error(request, refused)
        else:
            snapshot = freeze(self.evaluate(key), by=self.actor, ground=ground)
            record(self.actor, "changed", object_kind="indicator_snapshot", object_id=snapshot.pk, ground=ground)
            messages.success(request, _("已冻结：之后的改动不影响这个数"))
        return HttpResponseRedirect(request.get_full_path())

    def _why_not(self, ground: str) -> str:
        if self._is_running():
            return _("期间尚未结束，{day} 之后才能冻结").format(day=self.period.last)
        return "" if ground else _("请写明冻结用途，例如“2026 年度考核”")

    def _frozen(self, indicator: Indicator) -> list[dict[str, Any]]:
        rows = IndicatorSnapshot.objects.filter(key=indicator.key, first_on=self.period.first, last_on=self.period.last)
        return [{"snapshot": row, "drift": drift(row)} for row in rows.select_related("institution", "consortium")[:10]]

    def _start(self) -> int:
        text = self.request.GET.get("from", "")
        return int(text) // PAGE * PAGE if text.isdecimal() and len(text) < 9 else 0

    @staticmethod
    def _indicator(key: str) -> Indicator:
        indicator = indicators.get(key)
        if indicator is None:
            raise Http404(key)
        return indicator


def _address(row: Any) -> str:
    return row.get_absolute_url() if hasattr(row, "get_absolute_url") else ""
