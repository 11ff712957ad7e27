"""The numbers of meeting and deciding: meetings held, who came, resolutions carried out, decisions made by voting."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from yilian.domains.governance.models import HeldMeeting, Motion
from yilian.domains.governance.models.motion import MotionState
from yilian.kernel.clock.periods import add_years
from yilian.kernel.indicators.indicator import Amount, Extent, indicator
from yilian.kernel.indicators.shelf import Certainty
from yilian.registry.regulations import S0
from yilian.registry.shelves import COUNTY

MEETINGS = S0.article("管理制度 15")


@indicator(
    "governance.meetings", _("召开会议次数"), _("次"), "up", MEETINGS, part_says=_("期内登记召开的各类会议"),
    frames=("s3-mechanism",), level=("consortium", "region"),
)  # fmt: skip
def meetings(extent: Extent) -> Amount | None:
    """Meetings that consortia held in the period; an institution holds none by itself."""
    if extent.institution_id is not None:
        return None
    return Amount(extent.narrow(HeldMeeting.objects.filter(held_on__range=(extent.period.first, extent.period.last))))


@indicator(
    "statement.democratic", _("医共体内部民主决策"), "", "up", COUNTY, theme="statement", frames=("county-tight",),
    grades=(_("否"), _("是")), level=("consortium",), certainty=Certainty.LOCAL,
    part_says=_("到期末为止的一年内有经成员表决并已计票的议案"), help=_("章程与议事规则的实质以现场考核为准"),
)  # fmt: skip
def democratic(extent: Extent) -> Amount | None:
    """1 when a motion was counted in the year to the end of the period, else 0."""
    if extent.consortium_id is None or extent.institution_id is not None:
        return None
    last = extent.period.last
    rows = Motion.objects.filter(
        consortium=extent.consortium_id, state=MotionState.COUNTED, put_on__gt=add_years(last, -1), put_on__lte=last
    )
    return Amount(rows, total=Decimal(rows.exists()))
