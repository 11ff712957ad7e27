"""The tree of regions, one level at a time: population and how many institutions lie in each."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.kernel.access.platform import keeps_platform
from yilian.kernel.registries.words import Words
from yilian.registry.models import Institution, Region
from yilian.registry.models.region import FIRST_AFTER, stem
from yilian.registry.pages.noun_list import NounColumn, NounList
from yilian.registry.regions import chain


class Regions(NounList):
    """`/regions/`: those that lie in no other; a search looks through the whole tree."""

    key = "code"
    hint: Words = gettext_lazy("名称或区划代码")
    columns = (
        NounColumn(gettext_lazy("名称"), lambda row: row.name, lambda row: f"/regions/{row.code}/"),
        NounColumn(gettext_lazy("区划代码"), lambda row: row.code),
        NounColumn(gettext_lazy("级别"), lambda row: row.get_level_display()),
        NounColumn(gettext_lazy("常住人口"), lambda row: row.population),
        NounColumn(
            gettext_lazy("机构数（含下级）"), lambda row: row.institution_count,
            lambda row: f"/institutions/?region={row.code}",
        ),
    )  # fmt: skip

    def title(self) -> str:
        return _("行政区划")

    def rows(self) -> QuerySet[Any]:
        everything = Region.objects.all()
        return everything if self.request.GET.get("q", "").strip() else everything.filter(parent=None)

    def matching(self, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        return rows.filter(Q(name__contains=text) | Q(code__gte=text, code__lt=text + FIRST_AFTER))

    def prepare(self, rows: list[Any]) -> None:
        counts = _institutions_by_region()
        for row in rows:
            row.institution_count = _count_under(counts, row.code)

    def actions(self) -> list[tuple[str, str]]:
        return [("/imports/regions/", _("导入区划"))] if keeps_platform(self.actor) else []


class RegionPage(Regions):
    """`/regions/<code>/`: one region and those right below it."""

    hint = ""

    @cached_property
    def region(self) -> Region:
        found = Region.objects.filter(pk=self.kwargs["code"]).first()
        if found is None:
            raise Http404(self.kwargs["code"])
        return found

    def title(self) -> str:
        return self.region.name

    def path(self) -> list[tuple[str, str]]:
        above = Region.objects.filter(pk__in=chain(self.region.pk)[1:]).order_by("code")
        return [("/regions/", _("行政区划")), *((f"/regions/{row.pk}/", row.name) for row in above)]

    def facts(self) -> list[tuple[str, Any]]:
        return [
            (_("区划代码"), self.region.pk),
            (_("级别"), self.region.get_level_display()),
            (_("常住人口"), self.region.population),
            (_("机构数（含下级）"), _count_under(_institutions_by_region(), self.region.pk)),
        ]

    def rows(self) -> QuerySet[Any]:
        return Region.objects.filter(parent=self.region)

    def actions(self) -> list[tuple[str, str]]:
        return [(f"/institutions/?region={self.region.pk}", _("查看机构"))]


def _institutions_by_region() -> list[tuple[str, int]]:
    """Return each region that has institutions of its own which still exist, with how many."""
    rows = Institution.objects.filter(ended_on=None, region__isnull=False).order_by()
    return list(rows.values_list("region_id").annotate(Count("pk")))


def _count_under(counts: list[tuple[str, int]], code: str) -> int:
    prefix = stem(code)
    return sum(count for region, count in counts if region.startswith(prefix))
