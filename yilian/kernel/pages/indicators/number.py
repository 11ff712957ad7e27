"""`/indicators/<key>/`: one indicator: definition, value, trend, comparison, rows, coverage, and what was frozen."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from yilian.kernel import audit, clock
from yilian.kernel.audit import record
from yilian.kernel.indicators.belonging import belonging
from yilian.kernel.indicators.catalogue import definition, owners
from yilian.kernel.indicators.disclosure.releasing import newest
from yilian.kernel.indicators.evaluation import Value, evaluate
from yilian.kernel.indicators.freezing import drift, freeze
from yilian.kernel.indicators.indicator import Indicator, indicators
from yilian.kernel.indicators.live import count_now, is_live
from yilian.kernel.indicators.models import IndicatorSnapshot
from yilian.kernel.indicators.own_rows import RowsClosedError, open_rows
from yilian.kernel.indicators.results import Point, series
from yilian.kernel.indicators.spans import number
from yilian.kernel.lake.fact import facts
from yilian.kernel.pages.export import MOST_ROWS, workbook
from yilian.kernel.pages.indicators import behind
from yilian.kernel.pages.indicators.asked import ALL, ExtentPage, Scope
from yilian.kernel.pages.indicators.belonging_words import partly_members
from yilian.kernel.pages.indicators.choosing import LEVELS
from yilian.kernel.pages.indicators.fed import cells_of, titles_of
from yilian.kernel.pages.indicators.lines import Line, lines_of
from yilian.kernel.pages.indicators.listing import sheet_answer
from yilian.kernel.pages.indicators.released import may_release
from yilian.kernel.pages.indicators.rows import page_of_rows
from yilian.kernel.pages.indicators.trend import span_of, trend
from yilian.kernel.workflow.case_type import Column

FREEZERS = ("office", "director", "authority", "quality")
FROZEN = 10
INSTITUTION = "institution"


class NumberPage(ExtentPage):
    """A page about one indicator."""

    @cached_property
    def indicator(self) -> Indicator:
        """The indicator of the address as it is defined in the scope; raises Http404 for one the reader has not."""
        key = self.kwargs["key"]
        if key not in indicators and self.circle is None:
            raise Http404(key)
        return definition(key, self.scope.consortium_id)

    @cached_property
    def circle(self) -> int | None:
        """The consortium that added the indicator and to which an institution of the reader belongs today."""
        month, mine = number(clock.today()), {one.institution_id for one in self.scopes.values()}
        found = (circle for place, circle, _month in belonging.members(month, month) if place in mine)
        return next((circle for circle in found if circle in owners(self.kwargs["key"])), None)

    @cached_property
    def scope(self) -> Scope:
        """The scope asked for; of what a consortium added, within that consortium."""
        asked = super().scope
        if self.kwargs["key"] in indicators or self.circle is None or asked.consortium_id == self.circle:
            return asked
        within = replace(asked, consortium_id=self.circle)
        return self.scopes.get(str(self.circle), within) if asked.institution_id is None else within

    @cached_property
    def span(self) -> Any:
        """The months of the trend: those before the end of the period, of which none lies ahead."""
        return span_of(min(self.period.last, clock.today()))

    @cached_property
    def places(self) -> list[Scope]:
        """The institutions that may be named beside each other; of what a consortium added, its members."""
        found = [scope for scope in self.scopes.values() if scope.institution_id is not None]
        if self.indicator.key in indicators:
            return found
        months = number(self.period.first), number(self.period.last)
        members = {place for place, circle, _month in belonging.members(*months) if circle == self.circle}
        return [scope for scope in found if scope.institution_id in members]


class Number(NumberPage):
    """One indicator; the value of today is evaluated anew, everything else is as it was stored."""

    template = "pages/indicators/number.html"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        line = self._line()
        value = self._now(line)
        points = behind.points_of(key, self.scope, self.span)
        target = self.indicator.target
        context = {
            "indicator": self.indicator,
            "line": line,
            "value": value,
            "fact": facts.get(self.indicator.formula.fact) if self.indicator.formula else None,
            "change": behind.change_of(line, self.scope),
            "points": [(point, self._worded(point)) for point in reversed(points)],
            "trend": trend(points, self.span, target.value if target else None),
            "editions": behind.editions(self.indicator),
            "adopted": behind.adopted(key, self.scope.consortium_id),
            "levels": _("、").join(str(LEVELS[level]) for level in self.indicator.level),
            "leaving": behind.leaving(self.indicator, self.scope.consortium_id),
            "is_measured": self.indicator.measure is not None,
            "is_live": value is not line.value,
            "frozen": self._frozen(),
            "releases": newest(key) if self.indicator.is_additive else [],
            "may_release": may_release(self, self.indicator),
            "may_freeze": self.actor.may(*FREEZERS) and not self.is_running and self.indicator.measure is not None,
        }
        around = self.around()
        named = {scope.institution_id: scope.title for scope in self.places if scope.institution_id is not None}
        context["partly_members"] = partly_members(self.scope.consortium_id, self.period, named)
        context["not_counted"] = around["standing"].sentence_of(self.indicator)
        return self.show(context | self._beside() | page_of_rows(request, value, self.extent) | around)

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Freeze the value as it is now; the period must be over and the purpose given."""
        self.insist(*FREEZERS)
        ground = request.POST.get("ground", "").strip()[:300]
        value = evaluate(self.indicator.key, self.scope.institution_id, self.scope.consortium_id, period=self.period)
        if refused := self._why_not(ground):
            messages.error(request, refused)
        else:
            snapshot = freeze(value, by=self.actor, ground=ground)
            record(self.actor, "changed", object_kind="indicator_snapshot", object_id=snapshot.pk, ground=ground)
            messages.success(request, _("已冻结：之后的改动不影响这个数"))
        return HttpResponseRedirect(request.get_full_path())

    def _line(self) -> Line:
        stored = self.stored([self.indicator.key])
        return next(iter(lines_of([self.indicator], stored, self.extent)))

    def _now(self, line: Line) -> Value:
        """Return the value over the rows of this moment; of what is fed from outside there are only stored values."""
        formula = self.indicator.formula
        if formula is None:
            return evaluate(self.indicator.key, self.scope.institution_id, self.scope.consortium_id, period=self.period)
        if not is_live(formula):
            return line.value
        part, whole = (None if number is None else Decimal(number) for number in count_now(formula, self.extent))
        return Value(self.indicator, self.extent, self.indicator.worth(part, whole), part, whole)

    def _worded(self, point: Point) -> str:
        return Value(self.indicator, self.extent, point.value).shown

    def _beside(self) -> dict[str, Any]:
        """Return the comparison and the gaps, where there is more than one institution to name."""
        consortium, has_own = self.scope.consortium_id, INSTITUTION in self.indicator.level
        gaps = behind.gaps(self.indicator.key, self.places, self.period, consortium)
        shown = {"standings": [], "gaps": gaps if has_own or self.indicator.formula else [], "of_circles": not has_own}
        if not has_own:
            named = [scope for scope in self.scopes.values() if scope.consortium_id is not None]
            return shown | {"standings": behind.circles(self.indicator, named, self.period)}
        if len(self.places) < 2:
            return shown
        return shown | {"standings": behind.standings(self.indicator, self.places, self.period, consortium)}

    def _why_not(self, ground: str) -> str:
        if self.is_running:
            return _("期间尚未结束，{day} 之后才能冻结").format(day=self.period.last)
        return "" if ground else _("请写明冻结用途，例如“2026 年度考核”")

    def _frozen(self) -> list[dict[str, Any]]:
        period = self.period
        rows = IndicatorSnapshot.objects.filter(key=self.indicator.key, first_on=period.first, last_on=period.last)
        found = rows.select_related("institution", "consortium")[:FROZEN]
        return [{"snapshot": row, "drift": drift(row)} for row in found]


class RowsWorkbook(NumberPage):
    """`/indicators/<key>/rows.xlsx`: rows of the lake behind the number that the own institution fed. Recorded."""

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        of_part = request.GET.get("rows") == "part"
        try:
            rows = open_rows(self.indicator.key, self.extent, self.actor, of_part=of_part) if self._is_fed() else None
            if rows is None or not rows.count:
                raise Http404(key)
            columns = [Column(f"c{place}", title) for place, title in enumerate(titles_of(rows))]
            cells = list(cells_of(rows, 0, MOST_ROWS))
        except RowsClosedError as closed:
            raise Http404(str(closed)) from closed
        detail = {"rows": len(cells), "query": request.GET.urlencode()}
        audit.record(self.actor, "exported", object_kind="indicators", object_id=key, detail=detail)
        answer = sheet_answer(workbook(_safe(str(self.indicator.title)), columns, cells), key.replace(".", "-"))
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def _is_fed(self) -> bool:
        return self.indicator.formula is not None and not is_live(self.indicator.formula)


class NumberWorkbook(NumberPage):
    """`/indicators/<key>/export.xlsx`: the months of the trend of everyone the reader may name. Recorded."""

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        titles = (_("机构"), _("月份"), _("数值"), _("单位"), _("分子"), _("分母"), _("依据"))
        columns = [Column(f"c{place}", title) for place, title in enumerate(titles)]
        cells = list(self._cells())
        audit.record(self.actor, "exported", object_kind="indicators", object_id=key, detail={"rows": len(cells)})
        title = _safe(str(self.indicator.title))
        return sheet_answer(workbook(title, columns, cells), key.replace(".", "-"))

    def _cells(self) -> Iterator[Iterable[str]]:
        named = {scope.institution_id: scope.title for scope in self.places if scope.institution_id is not None}
        own = None if self.indicator.key in indicators else self.circle
        found = series([self.indicator.key], institution_ids=[*named], consortium_id=own, period=self.span)
        every = self.scope if own else self.scopes[ALL]
        together = [(every.title, behind.points_of(self.indicator.key, every, self.span))]
        for title, points in [
            *((named[place], points) for place, points in found[self.indicator.key].items() if place in named),
            *together,
        ]:
            for point in points:
                numbers = ("" if one is None else format(one, "f") for one in (point.value,))
                yield [title, f"{point.month:%Y-%m}", *numbers, str(self.indicator.unit), _text(point.part),
                       _text(point.whole), str(self.indicator.cite)]  # fmt: skip


def _text(number: int | None) -> str:
    return "" if number is None else str(number)


def _safe(title: str) -> str:
    """Return a title without the signs that the name of a sheet may not have."""
    return "".join(" " if sign in "[]:*?/\\" else sign for sign in title)
