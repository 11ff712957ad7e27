"""`/indicators/`: the shelf with stored values; `/indicators/export.xlsx`: the same lines as a workbook."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from yilian.kernel import audit, clock
from yilian.kernel.indicators.results import last_refreshed
from yilian.kernel.pages.export import TYPE, workbook
from yilian.kernel.pages.indicators.asked import ExtentPage
from yilian.kernel.pages.indicators.choosing import SORT_TITLES, Wish
from yilian.kernel.pages.indicators.lines import Line, lines_of
from yilian.kernel.workflow.case_type import Column


class ShelfPage(ExtentPage):
    """What the list and its workbook share."""

    @cached_property
    def wish(self) -> Wish:
        return Wish.read(self.request.GET)

    @cached_property
    def lines(self) -> list[Line]:
        """Return the lines asked for; all values come by one statement."""
        chosen = self.wish.chosen(self.scope.consortium_id)
        stored = self.stored([indicator.key for indicator in chosen])
        return self.wish.narrow(lines_of(chosen, stored, self.extent))


class Shelf(ShelfPage):
    """`/indicators/`: every indicator with its value, numerator and denominator as they were last computed."""

    template = "pages/indicators/shelf.html"
    part = "pages/indicators/shelf_part.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        context = {
            "lines": self.lines,
            "known": sum(line.is_known for line in self.lines),
            "by_theme": self.wish.sort == "theme",
            "wish": self.wish,
            "choices": self.wish.choices(),
            "sorts": SORT_TITLES,
            "as_of": last_refreshed(),
            "query": self._query(),
        }
        return self.show(context | self.around())

    def _query(self) -> str:
        """Return the rest of the address, for links that change the period only."""
        asked = self.request.GET.copy()
        for name in ("period", "first", "last", "scope"):
            asked.pop(name, None)
        return asked.urlencode()


class Workbook(ShelfPage):
    """`/indicators/export.xlsx`: the lines one looks at. Recorded."""

    def get(self, request: HttpRequest) -> HttpResponse:
        titles = (
            _("指标"), _("主题"), _("数值"), _("单位"), _("分子"), _("分母"), _("分子说明"), _("分母说明"), _("目标"),
            _("数据"), _("确定程度"), _("依据"),
        )  # fmt: skip
        columns = [Column(f"c{place}", title) for place, title in enumerate(titles)]
        detail = {"rows": len(self.lines), "query": request.GET.urlencode()}
        audit.record(self.actor, "exported", object_kind="indicators", detail=detail)
        name = f"{_('监测指标')} {self.period.label} {self.scope.title}"
        return sheet_answer(workbook(name, columns, map(_cells, self.lines)), f"indicators-{self.period.label}")


def sheet_answer(content: bytes, name: str) -> HttpResponse:
    """Return a workbook as a download named after what it holds and the day."""
    answer = HttpResponse(content, content_type=TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}-{clock.today():%Y%m%d}.xlsx"'
    return answer


def _cells(line: Line) -> Iterable[str]:
    indicator, value = line.indicator, line.value
    numbers = ("" if number is None else format(number, "f") for number in (value.value, value.part, value.whole))
    shown, part, whole = numbers
    said = [str(indicator.part_says), str(indicator.whole_says)]
    target = format(indicator.target.value.normalize(), "f") if indicator.target else ""
    head = [str(indicator.title), str(line.theme.title), shown, str(indicator.unit), part, whole]
    return [*head, *said, target, line.why, line.certainty, str(indicator.cite)]
