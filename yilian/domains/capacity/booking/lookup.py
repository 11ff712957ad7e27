"""The look-up behind the question for a place: those of one's own institution that are free for the case."""

from typing import Any
from uuid import UUID

from yilian.domains.capacity.booking.reserving import bookable, is_kept_from, spelled
from yilian.domains.capacity.models import Place
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.case_type import case_types
from yilian.kernel.workflow.lookups import Found, Lookup, lookups
from yilian.kernel.workflow.models import Case

KEY, MOST, LOOKED_AT = "place", 20, 200


def _found(place: Place) -> Found:
    kept = f" · {clock.local(place.quota_until):%m-%d %H:%M}" if place.quota_until else ""
    return Found(place.pk, spelled(place), f"{place.resource.get_kind_display()}{kept}")


def _search(actor: Actor, text: str, source: str, context: dict[str, str]) -> list[Found]:
    """Return free places; `context` may name the case, whose sender decides about those kept for lower levels."""
    rows, at = bookable(actor.institution_id), clock.now()
    if wanted := text.strip():
        rows = rows.filter(name__icontains=wanted) | rows.filter(resource__name__icontains=wanted)
        rows = rows | bookable(actor.institution_id).filter(resource__department__name__contains=wanted)
    case = _case(context.get("case", ""))
    return [_found(row) for row in rows[:LOOKED_AT] if case is None or not is_kept_from(row, case, at)][:MOST]


def _resolve(actor: Actor, value: Any, source: str) -> Found | None:
    text = str(value)
    key = int(text) if text.isdecimal() and len(text) < 10 else None
    rows = Place.objects.select_related("resource__department")
    row = rows.filter(pk=key, is_on=True, resource__institution=actor.institution_id).first() if key else None
    return _found(row) if row else None


def _case(text: str) -> Case | None:
    """Return the case with the columns of its own type, if the actor sees it."""
    try:
        thin = Case.objects.filter(pk=UUID(text)).first()
    except ValueError:
        return None
    return case_types[thin.kind].model._default_manager.filter(pk=thin.pk).first() if thin else None


lookups.add(Lookup(KEY, _search, _resolve))
