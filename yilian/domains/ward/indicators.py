"""The numbers of joint rounds; a round counts at both institutions, in the period for which it was planned."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from yilian.domains.ward.models import WardRound
from yilian.domains.ward.vocabulary import RoundState
from yilian.kernel import clock
from yilian.kernel.indicators.indicator import Amount, Extent, Share, indicator
from yilian.registry.regulations import S4

TOGETHER = S4.article("3.2.5")
HELD = (RoundState.HELD, RoundState.WRITTEN)


def planned(extent: Extent) -> Any:
    """Return the rounds planned for the period and not cancelled; the institution is host or visitor."""
    rows = WardRound.objects.filter(planned_at__gte=extent.period.start_at, planned_at__lt=extent.period.end_at)
    rows = rows.exclude(state=RoundState.CANCELLED)
    return extent.narrow(rows, "host_id", "visitor_id")


@indicator("ward.rounds", _("联合查房次数"), _("次"), "up", TOGETHER, part_says=_("期内已进行的联合查房"))
def rounds(extent: Extent) -> Amount:
    """Joint rounds held, of those planned for the period."""
    return Amount(planned(extent).filter(state__in=HELD))


@indicator(
    "ward.rounds_held", _("联合查房按期率"), "%", "up", TOGETHER,
    part_says=_("已进行的"), whole_says=_("期内约定时间已过且未取消的联合查房"),
)  # fmt: skip
def rounds_held(extent: Extent) -> Share:
    """Joint rounds held, of those whose time has come and that were not cancelled; a missed one counts at both."""
    whole = planned(extent).filter(planned_at__lt=clock.now())
    return Share(part=whole.filter(state__in=HELD), whole=whole)


@indicator(
    "ward.rounds_written", _("联合查房小结完成率"), "%", "up", TOGETHER,
    part_says=_("已小结的"), whole_says=_("期内已进行的联合查房"),
)  # fmt: skip
def rounds_written(extent: Extent) -> Share:
    """Joint rounds with a summary, of those held."""
    whole = planned(extent).filter(state__in=HELD)
    return Share(part=whole.filter(state=RoundState.WRITTEN), whole=whole)
