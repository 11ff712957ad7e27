"""Opening places for booking: beds by name, slots of a day cut into equal parts, with a part kept for lower levels.

What was taken off comes back by being opened once more: a bed of that name, a slot of that time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from yilian.domains.capacity.models import Place, Resource
from yilian.domains.capacity.parameters import QUOTA_RETURNS
from yilian.kernel import audit, clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.rules.values import value_of
from yilian.registry.writing import Faults

MOST = 200
"""So many places are opened at once at most."""
Slot = tuple[datetime, datetime]


@dataclass(frozen=True)
class Span:
    """From when to when slots of so many minutes lie one after the other."""

    starts_at: datetime
    ends_at: datetime
    minutes: int

    @property
    def length(self) -> timedelta:
        return timedelta(minutes=max(1, self.minutes))

    @property
    def count(self) -> int:
        """How many whole slots pass between beginning and end: reckoned in UTC, whatever clocks are put to."""
        return (self.ends_at.astimezone(UTC) - self.starts_at.astimezone(UTC)) // self.length

    def cut(self) -> list[Slot]:
        """Return beginning and end of each slot."""
        first = self.starts_at.astimezone(UTC)
        return [(first + n * self.length, first + (n + 1) * self.length) for n in range(self.count)]


def open_beds(resource: Resource, names: Sequence[str], *, by: Actor) -> list[Place]:
    """Open beds or other places without a time; raises ValidationError."""
    wanted = [name.strip() for name in names if name.strip()]
    faults = Faults()
    if not wanted or len(wanted) > MOST:
        faults.add("names", _("请填写 1 至 {most} 个名称").format(most=MOST))
    known = {row.name: row for row in Place.objects.filter(resource=resource, starts_at=None, name__in=wanted)}
    open_already = {name for name, row in known.items() if row.is_on}
    if twice := sorted({name for name in wanted if name in open_already or wanted.count(name) > 1}):
        faults.add("names", _("已登记：{names}").format(names="、".join(twice)))
    faults.refuse()
    return _open([known.get(name) or Place(resource=resource, name=name) for name in wanted], resource, by)


def open_slots(resource: Resource, name: str, span: Span, *, by: Actor, is_quota: bool = False) -> list[Place]:
    """Open the slots of a span; with `is_quota` they are kept for lower levels until a parameter gives them back."""
    faults = Faults()
    if span.starts_at <= clock.now():
        faults.add("starts_at", _("开始时间应在现在之后"))
    if not 1 <= span.count <= MOST:
        faults.add("ends_at", _("这段时间应能分成 1 至 {most} 个号").format(most=MOST))
        faults.refuse()
    slots = span.cut()
    known = slots_within(resource, name, span)
    begun = {start for start, _end in slots}
    if any(row.is_on or (slot not in slots and slot[0] in begun) for slot, row in known.items()):
        faults.add("starts_at", _("这段时间已开放过同名的号源"))
    faults.refuse()
    hours = timedelta(hours=int(value_of(QUOTA_RETURNS, by.institution_id)))
    rows = [
        known.get(slot) or Place(resource=resource, name=name, starts_at=slot[0], ends_at=slot[1]) for slot in slots
    ]
    for row, (start, _end) in zip(rows, slots, strict=True):
        row.quota_until = start - hours if is_quota else None
    return _open(rows, resource, by)


def slots_within(resource: Resource, name: str, span: Span) -> dict[Slot, Place]:
    """Return the slots of this name that a span touches, those taken off included."""
    rows = Place.objects.filter(resource=resource, name=name, starts_at__lt=span.ends_at, ends_at__gt=span.starts_at)
    return {(row.starts_at, row.ends_at): row for row in rows if row.starts_at and row.ends_at}


def close_place(place: Place, *, by: Actor) -> None:
    """Take a place off; who holds it keeps it. Raises ValidationError for one of another institution."""
    own = Place.objects.filter(pk=place.pk, resource__institution=by.institution_id)
    if not own.update(is_on=False):
        raise ValidationError(_("资源由所属机构自己维护。"))
    audit.record(by, "closed_place", object_kind="resource", object_id=place.resource_id)


def reopen_place(place: Place, *, by: Actor) -> None:
    """Open a place again that was taken off. Raises ValidationError for one of another institution."""
    _open([place], place.resource, by)


def _open(rows: list[Place], resource: Resource, by: Actor) -> list[Place]:
    """Write new places, and put those back that were taken off."""
    if resource.institution_id != by.institution_id:
        raise ValidationError(_("资源由所属机构自己维护。"))
    back = [row for row in rows if row.pk]
    for row in back:
        row.is_on = True
    with transaction.atomic():
        Place.objects.bulk_create([row for row in rows if not row.pk])
        Place.objects.bulk_update(back, ["is_on", "quota_until"])
        audit.record(by, "opened_places", object_kind="resource", object_id=resource.pk, detail={"rows": len(rows)})
    return rows
