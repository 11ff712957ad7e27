"""The number of this domain: how many figures on the board are out of date."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from yilian.domains.capacity.board.watching import ages_for
from yilian.domains.capacity.models import Resource
from yilian.kernel import clock
from yilian.kernel.indicators.indicator import Extent, Share, indicator
from yilian.registry.consortia import at_members
from yilian.registry.regulations import S4


def _resources(extent: Extent) -> QuerySet[Resource]:
    rows = Resource.objects.filter(is_on=True).select_related("institution", "department")
    return at_members(rows, extent, clock.today())


@indicator(
    "capacity.figures_out_of_date", _("资源数过时占比"), "%", "down", S4.article("3.2.5"),
    part_says=_("此刻已过时或从未报告的资源"), whole_says=_("看得到的在用资源"), is_momentary=True,
)  # fmt: skip
def figures_out_of_date(extent: Extent) -> Share:
    """Resources on the board whose figure is out of date now or was never reported, of those in use."""
    whole = _resources(extent)
    since = clock.now() - ages_for(extent.institution_id or 0).stale_after
    return Share(whole.filter(Q(as_of__isnull=True) | Q(as_of__lt=since)), whole)
