"""The meetings of a year as a plan: how often each kind is to meet, and what is held, called or still open."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from yilian.domains.governance.models import Form, HeldMeeting, Meeting, MeetingState
from yilian.domains.governance.parameters import EVERY, MONTHS
from yilian.kernel import clock
from yilian.kernel.clock.periods import Period, period_of
from yilian.kernel.deadlines.obligation import obligations
from yilian.kernel.rules.regulation import Citation
from yilian.kernel.rules.values import value_of
from yilian.registry.models import Consortium

JOINT_MEETING = "governance.joint_meeting"
TO_COME = (MeetingState.DRAFT, MeetingState.CALLED)


class Stage(StrEnum):
    HELD = "held"
    CALLED = "called"
    OPEN = "open"
    MISSED = "missed"


@dataclass(frozen=True)
class Slot:
    """A meeting that is wanted in a period, those held in it and, as far as the reader sees them, those to come."""

    form: Form
    period: Period
    held: tuple[HeldMeeting, ...]
    to_come: tuple[Meeting, ...]
    cite: Citation | None
    is_whole: bool

    @property
    def stage(self) -> Stage:
        if self.held:
            return Stage.HELD
        if self.to_come and self.period.last >= clock.today():
            return Stage.CALLED
        return Stage.MISSED if self.is_whole and self.period.last < clock.today() else Stage.OPEN


def plan(consortium: Consortium, year: int) -> list[Slot]:
    """Return what a year wants of a consortium that runs in it, in the order of the last days."""
    held = list(HeldMeeting.objects.filter(consortium=consortium, held_on__year=year).order_by("held_on"))
    coming = list(Meeting.objects.filter(consortium=consortium, state__in=TO_COME, starts_at__isnull=False))
    slots = [
        Slot(
            form,
            period,
            tuple(one for one in held if one.form == form and one.held_on in period),
            tuple(one for one in coming if one.form == form and clock.local(one.starts_at).date() in period),
            cite,
            consortium.founded_on <= period.first,
        )
        for form, months, cite in _wanted(consortium)
        for period in _periods(year, months)
        if period.last >= consortium.founded_on and (consortium.ended_on is None or period.first <= consortium.ended_on)
    ]
    return sorted(slots, key=lambda slot: (slot.period.last, slot.form))


def _wanted(consortium: Consortium) -> Iterator[tuple[Form, int, Citation | None]]:
    """Yield each kind of meeting with the months of its rhythm: what is owed, or oftener where it was settled so."""
    owed = obligations[JOINT_MEETING]
    is_owed = any(subject.consortium_id == consortium.pk for subject in owed.subjects(clock.today()))
    for form in Form:
        settled = MONTHS[str(value_of(EVERY[form], consortium_id=consortium.pk))]
        least = owed.rhythm.months if form == Form.JOINT and is_owed else 0
        months = min(one for one in (settled, least) if one) if settled or least else 0
        if months:
            yield form, months, owed.cite if form == Form.JOINT and is_owed else None


def _periods(year: int, months: int) -> Iterator[Period]:
    for first in range(1, 13, months):
        yield period_of(date(year, first, 1), months)
