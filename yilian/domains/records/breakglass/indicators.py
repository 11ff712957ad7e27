"""Whether emergency readings are reviewed."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.records.grounds import DECISION
from yilian.domains.records.models import BreakGlass, BreakGlassState
from yilian.kernel.indicators.indicator import Extent, Share, indicator
from yilian.kernel.registries.keys import bounds

NOT_BROKEN = (BreakGlassState.DRAFT, BreakGlassState.DISCARDED)
REVIEWED = (BreakGlassState.JUSTIFIED, BreakGlassState.UNJUSTIFIED)


@indicator(
    "records.emergencies_reviewed",
    _("紧急调阅复核率"),
    "%",
    "up",
    DECISION,
    part_says=_("已复核的紧急调阅"),
    whole_says=_("期内发生的紧急调阅"),
)
def emergencies_reviewed(extent: Extent) -> Share:
    """Emergency readings that began in the period and have been reviewed, of all that began."""
    rows = BreakGlass.objects.exclude(state__in=NOT_BROKEN)
    first, after = bounds(extent.period.start_at, extent.period.end_at)
    rows = rows.filter(pk__gte=first, pk__lt=after)
    rows = extent.narrow(rows, "reader_id")
    return Share(rows.filter(state__in=REVIEWED), rows)
