"""The numbers of consortia: who takes part, which grids are answered for, which alliances were assessed and passed."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from yilian.domains.alliance.models import Assessment
from yilian.kernel.clock.periods import Period, add_months
from yilian.kernel.indicators.indicator import Extent, Share, indicator
from yilian.kernel.rules.values import value_of
from yilian.registry.consortia import memberships, on_day
from yilian.registry.models import Consortium, Grid, Institution
from yilian.registry.models.consortium import GRID_KINDS, ConsortiumKind
from yilian.registry.models.institution import Ownership
from yilian.registry.regulations import S0, S2, S3


def grid_institutions(extent: Extent) -> QuerySet[Institution]:
    """Return the medical institutions that exist at the end of the period: all, one, or those in a grid."""
    last = extent.period.last
    rows = Institution.objects.filter(is_authority=False).exclude(ended_on__lt=last).exclude(founded_on__gt=last)
    if extent.institution_id is not None:
        rows = rows.filter(pk=extent.institution_id)
    if extent.consortium_id is not None:
        rows = rows.filter(region__in=_ground(extent.consortium_id))
    return rows


def _ground(consortium_id: int) -> set[str]:
    """Return the codes of the regions of a consortium's grid and of everything below them."""
    grid = Grid.objects.filter(consortia=consortium_id).prefetch_related("regions").first()
    if grid is None:
        return set()
    regions = [region for region in grid.regions.all()]
    return {row.pk for region in regions for row in type(region).objects.under(region)}


def members_in(extent: Extent, **narrow: Any) -> QuerySet[Any]:
    """Return the keys of institutions that belong to a running consortium at the end of the period."""
    rows = memberships(extent.period.last).filter(**narrow)
    if extent.consortium_id is not None:
        rows = rows.filter(consortium=extent.consortium_id)
    return rows.values("institution")


@indicator(
    "alliance.participation", _("机构参加率"), "%", "up", S2.article("2.1.1"),
    part_says=_("期末参加城市医疗集团或县域医共体的医疗机构"),
    whole_says=_("期末在册医疗机构（选定医联体时，为其网格内的机构）"),
)  # fmt: skip
def participation(extent: Extent) -> Share:
    """Institutions in a city group or county community, of all institutions."""
    whole = grid_institutions(extent)
    return Share(whole.filter(pk__in=members_in(extent, consortium__kind__in=GRID_KINDS)), whole)


@indicator(
    "alliance.private_participation", _("社会办医参加率"), "%", "up", S0.article("国办法 3"),
    part_says=_("期末参加任一医联体的民营医疗机构"), whole_says=_("期末在册民营医疗机构"),
)  # fmt: skip
def private_participation(extent: Extent) -> Share:
    """Private institutions in any consortium, of all private institutions. Unknown ownership counts nowhere."""
    whole = grid_institutions(extent).filter(ownership=Ownership.PRIVATE)
    return Share(whole.filter(pk__in=members_in(extent)), whole)


@indicator(
    "alliance.grids_held", _("网格覆盖率"), "%", "up", S2.article("1.3"),
    part_says=_("期末有集团或医共体负责的网格"), whole_says=_("已划定的网格"),
)  # fmt: skip
def grids_held(extent: Extent) -> Share | None:
    """Grids somebody answers for, of all grids; a number of the whole installation."""
    if extent.institution_id is not None or extent.consortium_id is not None:
        return None
    held = Consortium.objects.filter(on_day("founded_on", "ended_on", extent.period.last), grid__isnull=False)
    whole = Grid.objects.all()
    return Share(whole.filter(pk__in=held.values("grid")), whole)


@indicator(
    "alliance.assessed", _("专科联盟年度考核完成率"), "%", "up", S3.article("17"),
    part_says=_("已公布该年度考核结果的联盟"), whole_says=_("期末设置满半年且仍在运行的专科联盟"),
)  # fmt: skip
def assessed(extent: Extent) -> Share | None:
    """Alliances with a published result of the years asked for, of those old enough to be assessed at their end.

    Whole years only: a result is that of a year, whenever it is published (docs/adr/0020).
    """
    if not _is_whole_years(extent.period):
        return None
    months = int(value_of("alliance.assess_after_months", on=extent.period.last))
    whole = Consortium.objects.filter(
        on_day("founded_on", "ended_on", extent.period.last),
        kind=ConsortiumKind.SPECIALTY_ALLIANCE,
        founded_on__lte=add_months(extent.period.last, -months),
    )
    whole = _led_or_one(whole, extent)
    done = _results_of(extent.period)
    return Share(whole.filter(pk__in=done.values("consortium")), whole)


@indicator(
    "alliance.passed", _("专科联盟考核合格率"), "%", "up", S3.article("19"),
    part_says=_("该年度考核合格的结果"), whole_says=_("已公布的该年度考核结果"),
)  # fmt: skip
def passed(extent: Extent) -> Share | None:
    """Results that passed, of all published results of the years asked for; whole years only."""
    if not _is_whole_years(extent.period):
        return None
    whole = _results_of(extent.period)
    if extent.consortium_id is not None:
        whole = whole.filter(consortium=extent.consortium_id)
    if extent.institution_id is not None:
        whole = whole.filter(consortium__lead=extent.institution_id)
    return Share(whole.filter(is_passed=True), whole)


def _is_whole_years(period: Period) -> bool:
    return (period.first.month, period.first.day, period.last.month, period.last.day) == (1, 1, 12, 31)


def _results_of(period: Period) -> QuerySet[Assessment]:
    """Return the published results of the years of a period."""
    return Assessment.objects.filter(year__range=(period.first.year, period.last.year))


def _led_or_one(rows: QuerySet[Consortium], extent: Extent) -> QuerySet[Consortium]:
    if extent.consortium_id is not None:
        rows = rows.filter(pk=extent.consortium_id)
    return rows.filter(lead=extent.institution_id) if extent.institution_id is not None else rows
