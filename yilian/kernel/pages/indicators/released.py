"""`/indicators/released/`: what consortia handed out, read by everybody at work here; nothing hidden is in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from yilian.kernel import audit
from yilian.kernel.indicators.catalogue import definition
from yilian.kernel.indicators.disclosure.releasing import HIDDEN, MONTHS, ReleaseRefused, newest, release
from yilian.kernel.indicators.indicator import Indicator
from yilian.kernel.indicators.models import Release
from yilian.kernel.pages.export import workbook
from yilian.kernel.pages.indicators.asked import ExtentPage
from yilian.kernel.pages.indicators.listing import sheet_answer
from yilian.kernel.pages.page import Page
from yilian.kernel.registries import UnknownKeyError
from yilian.kernel.workflow.case_type import Column

RELEASERS = ("office", "director", "authority", "quality")
NOT_SHOWN = "—"
YEAR = 12


@dataclass(frozen=True)
class Shown:
    """One cell in words; `base` is numerator and denominator of a ratio."""

    words: str
    base: str = ""
    is_hidden: bool = False


class Releases(Page):
    """`/indicators/released/`: the tables that stand."""

    template = "pages/indicators/releases.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show({"releases": newest()})


class ReleasePage(Page):
    """What a table and its workbook share."""

    @cached_property
    def release(self) -> Release:
        """The release of the address; raises Http404."""
        found = Release.objects.select_related("consortium").filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404(str(self.kwargs["pk"]))
        return found

    def lines(self) -> Iterator[tuple[str, list[Shown]]]:
        """Yield each row with its months and its year, the totals last."""
        for row in (*self.release.table["places"], self.release.table["total"]):
            yield row["name"], [_shown(cell) for cell in (*row["months"], row["year"])]


class Released(ReleasePage):
    """`/indicators/released/<id>/`: one table."""

    template = "pages/indicators/released.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show(
            {"release": self.release, "indicator": self._indicator(), "lines": self.lines(), "months": MONTHS}
        )

    def _indicator(self) -> Indicator | None:
        """Return the definition as it is today; None of what is no longer declared."""
        try:
            return definition(self.release.key, self.release.consortium_id)
        except UnknownKeyError:
            return None


class ReleasedWorkbook(ReleasePage):
    """`/indicators/released/<id>/export.xlsx`: the same cells, for whoever is outside. Recorded."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = self.release
        audit.record(self.actor, "exported", object_kind="indicator_release", object_id=row.pk)
        titles = [_("机构"), *(_("{n} 月").format(n=month) for month in MONTHS), _("全年")]
        columns = [Column(f"c{place}", title) for place, title in enumerate(titles)]
        cells = ([name, *(f"{cell.words} {cell.base}".strip() for cell in line)] for name, line in self.lines())
        title = f"{row.year} {row.title}".translate(dict.fromkeys(map(ord, "[]:*?/\\"), " "))
        return sheet_answer(workbook(title, columns, cells), f"released-{row.year}-{row.key.replace('.', '-')}")


class Handing(ExtentPage):
    """`/indicators/<key>/release/`: hand out the last year that is over, of the consortium in the scope."""

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Hand it out, or say why not."""
        self.insist(*RELEASERS)
        back = f"{reverse('indicator', args=[key])}?{request.GET.urlencode()}"
        if self.scope.consortium_id is None:
            messages.error(request, _("请先把范围选为一个医联体"))
            return HttpResponseRedirect(back)
        try:
            found = release(key, self.scope.consortium_id, self.period.first.year, by=self.actor)
        except UnknownKeyError as unknown:
            raise Http404(key) from unknown
        except ReleaseRefused as refused:
            messages.error(request, str(refused))
            return HttpResponseRedirect(back)
        audit.record(self.actor, "changed", object_kind="indicator_release", object_id=found.pk)
        messages.success(request, _("已发布；小于阈值的数及可推出它们的数已隐藏 {n} 格").format(n=found.hidden))
        return HttpResponseRedirect(reverse("indicator_released", args=[found.pk]))


def may_release(page: ExtentPage, indicator: Indicator) -> bool:
    """Say whether the page offers to hand out what it shows: a whole year of a consortium, what adds up."""
    is_year = page.period.months == YEAR and not page.is_running
    is_whole = page.scope.consortium_id is not None and page.scope.institution_id is None
    return indicator.is_additive and is_year and is_whole and page.actor.may(*RELEASERS)


def _shown(cell: Mapping[str, Any] | str | None) -> Shown:
    if cell is None:
        return Shown(_("无数据"))
    if isinstance(cell, str):
        assert cell == HIDDEN
        return Shown(NOT_SHOWN, is_hidden=True)
    words = "" if cell["value"] is None else format(Decimal(cell["value"]).normalize(), "f")
    base = "" if cell["whole"] is None else f"{cell['part']}/{cell['whole']}"
    return Shown(words or _("分母为零"), f"({base})" if base and words else "")
