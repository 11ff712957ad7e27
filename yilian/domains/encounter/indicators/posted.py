"""The first number of the county framework: people posted for six months, for each ten thousand residents."""

from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from yilian.domains.encounter.indicators.service import ABOVE
from yilian.domains.encounter.indicators.staff import SAID
from yilian.kernel.indicators.indicator import Amount, Extent, indicator
from yilian.kernel.indicators.results import totals
from yilian.registry.models import Grid
from yilian.registry.shelves import COUNTY

TEN_THOUSAND = 10_000
POSTED = "staff.posted"


@indicator(
    "staff.posted_for_residents",
    _("二级及以上医疗卫生机构中级及以上医师到基层医疗卫生机构派驻人数（人）/每万常住人口"), _("人/万"), "up", COUNTY,
    part_says=SAID, whole_says=_("网格的常住人口（万）"), level=ABOVE, frames=("county-same", "s3-radiation"),
    help=_("常住人口以登记的网格人口为准；人员职称以报送为准，不分医师与其他人员"),
)  # fmt: skip
def posted_for_residents(extent: Extent) -> Amount | None:
    """People posted for six months, as they are stored, for each ten thousand residents of the consortium's grids."""
    if extent.consortium_id is None or extent.institution_id is not None:
        return None
    grids = Grid.objects.filter(consortia=extent.consortium_id)
    residents = grids.aggregate(total=Sum("population"))["total"]
    posted = totals([POSTED], consortium_id=extent.consortium_id, period=extent.period)[POSTED][None].value
    if not residents or posted is None:
        return None
    share = posted * TEN_THOUSAND / residents
    return Amount(grids, total=share.quantize(Decimal("0.01"), ROUND_HALF_UP))
