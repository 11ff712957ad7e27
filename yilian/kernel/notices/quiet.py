"""Quiet hours: what is not urgent waits until the morning of the institution that is told."""

from datetime import datetime, timedelta

from yilian.kernel import clock
from yilian.kernel.notices.models import Notice
from yilian.kernel.notices.settings import QUIET_FROM, QUIET_UNTIL
from yilian.kernel.rules.values import value_of

URGENT_TONE = "danger"


def leaves_at(notice: Notice, moment: datetime) -> datetime:
    """Return when a notice may leave the house: at once, or when the quiet hours around the moment are over."""
    if is_urgent(notice):
        return moment
    first, last = (int(value_of(item.key, notice.institution_id)) for item in (QUIET_FROM, QUIET_UNTIL))
    here = clock.local(moment)
    if not _is_quiet(here.hour, first, last):
        return moment
    end = here.replace(hour=last, minute=0, second=0, microsecond=0)
    return end if end > here else end + timedelta(days=1)


def is_urgent(notice: Notice) -> bool:
    """Say whether the case of a notice has an urgency that its type marks as dangerous."""
    if notice.case is None:
        return False
    tones = {number: tone for number, _title, tone in notice.case.case_type.priorities}
    return tones.get(notice.case.priority) == URGENT_TONE


def _is_quiet(hour: int, first: int, last: int) -> bool:
    return first <= hour < last if first <= last else hour >= first or hour < last
