"""The numbers of transports. A transport counts at the institution it was to reach, in the period of its departure."""

from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from yilian.domains.transport.models import Journey
from yilian.domains.transport.vocabulary import State
from yilian.kernel.indicators.indicator import Extent, Share, indicator
from yilian.registry.regulations import S4

RESCUE = S4.article("3.2.6")
HANDING_OVER = S4.article("3.2.5")


def _departed(extent: Extent) -> Any:
    rows = Journey.objects.filter(departed_at__gte=extent.period.start_at, departed_at__lt=extent.period.end_at)
    return extent.narrow(rows, "receiver_id", "sender_id")


@indicator(
    "transport.in_time", _("转运准时到达率"), "%", "up", RESCUE,
    part_says=_("不晚于预计到达的"), whole_says=_("期内出发且已到达的转运"),
)  # fmt: skip
def in_time(extent: Extent) -> Share:
    """Transports that arrived by the expected time, of those that left in the period and arrived."""
    whole = _departed(extent).filter(arrived_at__isnull=False, expected_arrival__isnull=False)
    whole = whole.exclude(state=State.ELSEWHERE)
    return Share(part=whole.filter(arrived_at__lte=F("expected_arrival")), whole=whole)


@indicator(
    "transport.signed", _("转运签收率"), "%", "up", HANDING_OVER,
    part_says=_("转入方已签收的"), whole_says=_("期内出发且已到达转入方的转运"),
)  # fmt: skip
def signed(extent: Extent) -> Share:
    """Transports that the receiver signed for, of those that left in the period and reached it."""
    whole = _departed(extent).filter(state__in=(State.ARRIVED, State.HANDED_OVER))
    return Share(part=whole.filter(signed_at__isnull=False), whole=whole)
