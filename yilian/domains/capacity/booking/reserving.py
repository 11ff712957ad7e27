"""Booking and freeing: inside the step that needs a place, so that a step that fails leaves nothing booked."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from yilian.domains.capacity.models import Booking, Delay, Place
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.models import Case
from yilian.registry import known


def spelled(place: Place) -> str:
    """Return a place as people choose it: what, which, and when."""
    if place.starts_at is None or place.ends_at is None:
        return str(place)
    start, end = clock.local(place.starts_at), clock.local(place.ends_at)
    return f"{place} {start:%m-%d %H:%M}–{end:%H:%M}"


def bookable(institution_id: int) -> QuerySet[Place]:
    """Return the places of an institution that nobody holds and that do not lie in the past, the next first."""
    held = Booking.objects.filter(place=OuterRef("pk"), freed_at__isnull=True)
    ahead = Q(starts_at__isnull=True) | Q(starts_at__gt=clock.now())
    rows = Place.objects.filter(ahead, ~Exists(held), resource__institution=institution_id, is_on=True)
    return rows.select_related("resource__department").order_by("starts_at", "resource", "name")


def book(case: Case, place_id: int, *, by: Actor) -> Booking:
    """Let a case hold a place of the acting institution, in place of what it held; raises ValidationError.

    Whoever books first has the place: the row is locked, and the database admits no second booking.
    """
    place = Place.objects.select_for_update(of=("self",)).filter(pk=place_id, resource__institution=by.institution_id)
    found = place.select_related("resource__department").first()
    if found is None:
        raise ValidationError({"place": [_("请选择本机构的床位或号源")]})
    free(case, "rebooked")
    at = clock.now()
    try:
        with transaction.atomic():
            return Booking.objects.create(
                place=found, title=spelled(found), case=case, institution_id=by.institution_id, booked_at=at,
                booked_name=by.name, during=DateTimeTZRange(found.starts_at or at, found.ends_at),
            )  # fmt: skip
    except IntegrityError as taken:
        text = _("“{place}”刚被他人预约，请另选").format(place=found)
        raise ValidationError({"place": [text]}) from taken


def free(case: Case, ending: str) -> None:
    """Give back what a case holds, if anything; `ending` says by which step."""
    with connection.cursor() as cursor:
        cursor.execute("select capacity_free(%s, %s, %s)", [case.pk, ending, clock.now()])


def note_delay(
    case: Case, kind: str, *, by: Actor, at: datetime, cause: str = "", until_on: date | None = None, reason: str = ""
) -> None:
    """Write down why a case is served later; `at` is the moment of the step, so that it stands before its new date."""
    Delay.objects.create(
        case_id=case.pk, kind=kind, cause=cause, until_on=until_on, reason=reason[:200], noted_at=at,
        noted_name=by.name,
    )  # fmt: skip


def is_kept_from(place: Place, case: Any, at: datetime) -> bool:
    """Say whether a place is still kept for lower levels and the case comes from none.

    An institution of unknown level counts as a lower one: the quota is for those who have the least.
    """
    if place.quota_until is None or at >= place.quota_until:
        return False
    sender, here = known.institution(getattr(case, "sender_id", None) or 0), known.institution(_owner(place))
    tiers = (sender.tier if sender else None, here.tier if here else None)
    return None not in tiers and tiers[0] >= tiers[1]  # type: ignore[operator]


def _owner(place: Place) -> int:
    return place.resource.institution_id
