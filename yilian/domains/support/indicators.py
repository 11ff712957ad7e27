"""The numbers of calls for help. A call counts at the institution that it is about, in the period it was filed."""

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from yilian.domains.support.models import CallState, SupportCall
from yilian.domains.support.rules import PLATFORM
from yilian.kernel import clock
from yilian.kernel.indicators.indicator import Amount, Extent, Share, indicator


def filed(extent: Extent) -> QuerySet[SupportCall]:
    """Return the calls filed in the period, those taken back left out, of the institution and consortium."""
    rows = SupportCall.objects.filter(filed_at__gte=extent.period.start_at, filed_at__lt=extent.period.end_at)
    return extent.narrow(rows.exclude(state=CallState.WITHDRAWN), "about_id")


@indicator("support.calls", _("报障与求助件数"), _("件"), "none", PLATFORM, part_says=_("期内登记的报障与求助"))
def calls(extent: Extent) -> Amount:
    """Calls for help filed in the period."""
    return Amount(filed(extent))


@indicator(
    "support.solved_in_time", _("报障按时解决率"), "%", "up", PLATFORM,
    part_says=_("在期限内解决的"), whole_says=_("期内登记、已解决或期限已过的报障与求助"),
)  # fmt: skip
def solved_in_time(extent: Extent) -> Share:
    """Calls solved before their time was over, of those solved or overdue."""
    whole = filed(extent).filter(Q(solved_at__isnull=False) | Q(solve_by__lt=clock.now()))
    return Share(part=whole.filter(solved_at__lte=F("solve_by")), whole=whole)
