"""The time points of a referral: what is known, noting more, and what lies between two of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from yilian.domains.referral.green.presets import POINTS, PRESETS, earlier
from yilian.domains.referral.models import Referral, TimePoint
from yilian.kernel import clock, rows
from yilian.kernel.access.actor import Actor
from yilian.kernel.rules.values import value_of


@dataclass(frozen=True)
class Span:
    """An interval of a preset for one patient: `minutes` None is unknown."""

    title: str
    minutes: int | None
    limit: int

    @property
    def is_late(self) -> bool | None:
        return None if self.minutes is None else self.minutes > self.limit


def known_of(case_id: UUID) -> dict[str, TimePoint]:
    """Return what was noted for a case, by point."""
    return {row.point: row for row in rows.where(TimePoint, "case_id = %s", [case_id])}


def given(answers: Mapping[str, Any]) -> dict[str, datetime]:
    """Return the moments among the answers of a step, by point."""
    return {key: answers[point.question] for key, point in POINTS.items() if answers.get(point.question)}


def note(referral: Referral, moments: Mapping[str, datetime], *, by: Actor) -> None:
    """Write moments down; one that was noted before is corrected, and the history keeps what it was."""
    for point, at in moments.items():
        values = {"at": at, "institution_id": by.institution_id, "noted_name": by.name, "noted_at": clock.now()}
        TimePoint.objects.update_or_create(case_id=referral.pk, point=point, defaults=values)


def out_of_order(moments: Mapping[str, datetime]) -> list[tuple[str, str]]:
    """Return (point, one it lies before though it comes after it) among known moments, compared by the minute."""
    minutes = {point: at.replace(second=0, microsecond=0) for point, at in moments.items()}
    return [
        (point, before)
        for point in minutes
        for before in sorted(earlier(point) & minutes.keys())
        if minutes[point] < minutes[before]
    ]


def spans(referral: Referral, moments: Mapping[str, datetime]) -> list[Span]:
    """Return the intervals of the referral's preset with their limits; unknown where one of the two ends is."""
    preset = PRESETS.get(referral.emergency_kind)
    found = []
    for interval in preset.intervals if preset else ():
        first, last = moments.get(interval.first), moments.get(interval.last)
        minutes = int((last - first).total_seconds() // 60) if first and last else None
        limit = int(value_of(interval.limit, referral.receiver_id, referral.consortium_id))
        found.append(Span(str(interval.title), minutes, limit))
    return found
