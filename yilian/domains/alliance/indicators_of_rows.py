"""What the local scoring sheet asks about who takes part and by which charter (docs/adr/0168)."""

from decimal import Decimal

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from yilian.domains.alliance.indicators import grid_institutions, members_in
from yilian.domains.alliance.models import Charter
from yilian.kernel.indicators.indicator import Amount, Extent, Share, indicator
from yilian.kernel.indicators.shelf import Certainty
from yilian.registry.models import Grid, Institution
from yilian.registry.models.institution import Ownership
from yilian.registry.shelves import ROWS

GRASSROOTS = r"^(B|C2)"
"""Categories of community health centres and stations, and of township health centres (WS 218)."""
CONSORTIUM = ("consortium",)


def _of_one(extent: Extent) -> bool:
    return extent.consortium_id is not None and extent.institution_id is None


@indicator(
    "statement.as_planned", _("医联体组成情况"), "", "up", ROWS, theme="statement", frames=("rows-organised",),
    grades=(_("与规划不符"), _("与规划相符")), level=CONSORTIUM, certainty=Certainty.LOCAL, is_momentary=True,
    part_says=_("负责一个已划定的网格"), help=_("规划以登记的网格为准"),
)  # fmt: skip
def as_planned(extent: Extent) -> Amount | None:
    """1 when the consortium answers for a grid, else 0."""
    if not _of_one(extent):
        return None
    rows = Grid.objects.filter(consortia=extent.consortium_id)
    return Amount(rows, total=Decimal(rows.exists()))


@indicator(
    "alliance.grassroots_missing", _("区域内未参与的社区中心（站）、乡镇卫生院数量"), _("所"), "down", ROWS,
    frames=("rows-organised",), level=CONSORTIUM,
    part_says=_("网格内期末未参加本医联体的社区卫生服务中心、站和乡镇卫生院"),
    help=_("评分方法为每缺 1 所扣 1 分"),
)  # fmt: skip
def grassroots_missing(extent: Extent) -> Amount | None:
    """Community and township health centres of the consortium's grid that do not belong to it."""
    if not _of_one(extent) or not Grid.objects.filter(consortia=extent.consortium_id).exists():
        return None
    return Amount(_outside(extent, grid_institutions(extent).filter(category__regex=GRASSROOTS)))


def _outside(extent: Extent, rows: QuerySet[Institution]) -> QuerySet[Institution]:
    return rows.exclude(pk__in=members_in(extent))


@indicator(
    "alliance.private_and_nursing", _("社会办医、护理院、康复医院参与比例"), "%", "up", ROWS,
    frames=("rows-organised",), level=CONSORTIUM,
    part_says=_("期末参加本医联体的"), whole_says=_("期末网格内的民营医疗机构"), certainty=Certainty.LOCAL,
    help=_("评分方法为全部参与得满分，否则按比例；机构类别不单列护理院和康复医院，公立的不在内"),
)  # fmt: skip
def private_and_nursing(extent: Extent) -> Share | None:
    """Private institutions of the grid that belong to the consortium, of all private ones there."""
    if not _of_one(extent):
        return None
    whole = grid_institutions(extent).filter(ownership=Ownership.PRIVATE)
    return Share(whole.filter(pk__in=members_in(extent)), whole)


@indicator(
    "statement.charter", _("制定章程或协议，明确责权利"), "", "up", ROWS, theme="statement",
    frames=("rows-cooperation", "s3-mechanism"), level=CONSORTIUM, certainty=Certainty.LOCAL,
    grades=(_("未制定"), _("已通过，尚未生效"), _("已生效")), part_says=_("期末已通过的章程版本"),
    help=_("执行情况以现场考核为准"),
)  # fmt: skip
def charter(extent: Extent) -> Amount | None:
    """0 without a charter, 1 with one that was adopted, 2 when it has taken effect by the end of the period."""
    if not _of_one(extent):
        return None
    last = extent.period.last
    rows = Charter.objects.filter(consortium=extent.consortium_id, adopted_on__lte=last)
    begun = rows.annotate(begins_on=Coalesce("effective_on", "adopted_on")).filter(begins_on__lte=last)
    return Amount(rows, total=Decimal(rows.exists() + begun.exists()))
