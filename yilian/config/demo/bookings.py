"""Beds and slots of the demo: opened for the days ahead, some for lower levels first; a few referrals hold one."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from yilian.domains.capacity.booking.opening import Span, open_beds, open_slots
from yilian.domains.capacity.booking.reserving import bookable, is_kept_from
from yilian.domains.capacity.models import Resource
from yilian.domains.referral.models import Referral
from yilian.domains.referral.vocabulary import State
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow.engine import take

DAYS, HOURS, MINUTES = (2, 3), 3, 30
BEDS = ("1床", "2床", "3床")
MOST_MOVED = 8


def bring_bookings(desks: Mapping[int, Actor]) -> None:
    """Open places at every institution with a desk, and give a few scheduled referrals a slot of their own."""
    for desk in desks.values():
        with scope(desk):
            _open(desk)
    moved = 0
    for desk in desks.values():
        if moved < MOST_MOVED:
            with scope(desk):
                moved += _move_one(desk)


def _open(desk: Actor) -> None:
    own = Resource.objects.filter(institution_id=desk.institution_id).select_related("department")
    for resource in own.filter(kind="bed").order_by("pk")[:2]:
        open_beds(resource, BEDS, by=desk)
    for resource in own.filter(kind="clinic"):
        for day in DAYS:
            start = _morning(day)
            span = Span(start, start + timedelta(hours=HOURS), MINUTES)
            open_slots(resource, "上午号", span, by=desk, is_quota=day == DAYS[0])


def _morning(days: int) -> datetime:
    return clock.local(clock.now() + timedelta(days=days)).replace(hour=8, minute=0, second=0, microsecond=0)


def _move_one(desk: Actor) -> int:
    """Give one referral that is scheduled here a slot; say how many were moved."""
    rows = Referral.objects.filter(receiver_id=desk.institution_id, state=State.SCHEDULED).order_by("pk")
    referral, now = rows.first(), clock.now()
    slots = bookable(desk.institution_id).filter(starts_at__isnull=False)[:20]
    free = [place for place in slots if referral and not is_kept_from(place, referral, now)]
    if referral is None or not free:
        return 0
    place = free[0]
    take(
        referral, "reschedule", by=desk, place=place.pk, appointment_start=place.starts_at,
        appointment_end=place.ends_at, appointment_place="门诊楼二层", delay_cause="institution",
        delay_reason="改到有号的时段",
    )  # fmt: skip
    return 1
