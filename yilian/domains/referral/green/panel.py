"""The card of a green channel: what was done when, as a bar, and the intervals with their limits."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yilian.domains.referral.green.presets import POINTS, PRESETS
from yilian.domains.referral.green.times import known_of, spans
from yilian.domains.referral.models import Referral
from yilian.kernel.access.actor import Actor

WIDTH, HEIGHT = 1000, 44


@dataclass(frozen=True)
class Mark:
    """A point on the bar: where it stands (0 to WIDTH), which it is, and when; unknown ones stand nowhere."""

    number: int
    title: str
    at: datetime | None
    who: str = ""
    x: int = 0
    minutes: int | None = None


def green_card(referral: Referral, actor: Actor) -> dict[str, Any] | None:
    """Return time points and intervals; None for whoever goes the ordinary way or whose kind nobody has named."""
    preset = PRESETS.get(referral.emergency_kind) if referral.is_emergency else None
    if preset is None:
        return None
    rows = known_of(referral.pk)
    moments = {key: row.at for key, row in rows.items() if key in preset.points}
    first, last = (min(moments.values()), max(moments.values())) if moments else (None, None)
    marks = []
    for number, key in enumerate(preset.points, 1):
        row = rows.get(key)
        marks.append(_mark(number, key, row, first, last) if row else Mark(number, str(POINTS[key].title), None))
    return {
        "kind": referral.get_emergency_kind_display(),
        "marks": marks,
        "known": sorted((mark for mark in marks if mark.at), key=lambda mark: mark.x),
        "spans": spans(referral, moments),
        "width": WIDTH,
    }


def _mark(number: int, key: str, row: Any, first: datetime | None, last: datetime | None) -> Mark:
    """Place a point between the first and the last known one."""
    assert first is not None
    assert last is not None
    whole = (last - first).total_seconds()
    since = (row.at - first).total_seconds()
    x = round(20 + (WIDTH - 40) * (since / whole if whole else 0))
    return Mark(number, str(POINTS[key].title), row.at, row.noted_name, x, int(since // 60))
