"""Opening places for booking: beds by name, slots of a day cut into equal parts, with a part kept for lower levels."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

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


@dataclass(frozen=True)
class Span:
    """From when to when slots of so many minutes lie one after the other."""

    starts_at: datetime
    ends_at: datetime
    minutes: int


def open_beds(resource: Resource, names: Sequence[str], *, by: Actor) -> list[Place]:
    """Open beds or other places without a time; raises ValidationError."""
    wanted = [name.strip() for name in names if name.strip()]
    faults = Faults()
    if not wanted or len(wanted) > MOST:
        faults.add("names", _("请填写 1 至 {most} 个名称").format(most=MOST))
    known = set(Place.objects.filter(resource=resource, starts_at=None).values_list("name", flat=True))
    if twice := sorted({name for name in wanted if name in known or wanted.count(name) > 1}):
        faults.add("names", _("已登记：{names}").format(names="、".join(twice)))
    faults.refuse()
    return _open([Place(resource=resource, name=name) for name in wanted], resource, by)


def open_slots(resource: Resource, name: str, span: Span, *, by: Actor, is_quota: bool = False) -> list[Place]:
    """Open the slots of a span; with `is_quota` they are kept for lower levels until a parameter gives them back."""
    faults = Faults()
    length = timedelta(minutes=max(1, span.minutes))
    count = (span.ends_at - span.starts_at) // length
    if span.starts_at <= clock.now():
        faults.add("starts_at", _("开始时间应在现在之后"))
    if not 1 <= count <= MOST:
        faults.add("ends_at", _("这段时间应能分成 1 至 {most} 个号").format(most=MOST))
    taken = Place.objects.filter(
        resource=resource, name=name, starts_at__lt=span.ends_at, ends_at__gt=span.starts_at
    )  # fmt: skip
    if taken.exists():
        faults.add("starts_at", _("这段时间已开放过同名的号源"))
    faults.refuse()
    starts = [span.starts_at + number * length for number in range(count)]
    hours = timedelta(hours=int(value_of(QUOTA_RETURNS, by.institution_id)))
    rows = [
        Place(resource=resource, name=name, starts_at=start, ends_at=start + length,
              quota_until=start - hours if is_quota else None)
        for start in starts
    ]  # fmt: skip
    return _open(rows, resource, by)


def close_place(place: Place, *, by: Actor) -> None:
    """Take a place off; who holds it keeps it. Raises ValidationError for one of another institution."""
    own = Place.objects.filter(pk=place.pk, resource__institution=by.institution_id)
    if not own.update(is_on=False):
        raise ValidationError(_("资源由所属机构自己维护。"))
    audit.record(by, "closed_place", object_kind="resource", object_id=place.resource_id)


def _open(rows: list[Place], resource: Resource, by: Actor) -> list[Place]:
    if resource.institution_id != by.institution_id:
        raise ValidationError(_("资源由所属机构自己维护。"))
    with transaction.atomic():
        made = Place.objects.bulk_create(rows)
        audit.record(by, "opened_places", object_kind="resource", object_id=resource.pk, detail={"rows": len(made)})
    return made
