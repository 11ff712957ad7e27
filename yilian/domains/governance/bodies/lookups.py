"""The look-ups of bodies: the bodies of a consortium, who sits there, and who may be seated."""

from typing import Any
from uuid import UUID

from django.db.models import Q

from yilian.domains.governance.bodies.seating import running, sitting
from yilian.domains.governance.membership import members_today
from yilian.domains.governance.models import Appointment, AppointmentState, Body, Seat
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.lookups import Found, Lookup, lookups
from yilian.registry.models import Practitioner

MOST = 20


def number(text: Any) -> int | None:
    """Return a key that a page or program sent, or None for what is none."""
    named = str(text or "")
    return int(named) if named.isdecimal() and len(named) < 10 else None


def _search_bodies(actor: Actor, text: str, source: str, context: dict[str, str]) -> list[Found]:
    consortium = number(context.get("consortium"))
    rows = running(consortium, clock.today()) if consortium else Body.objects.filter(until_on=None).order_by("pk")
    return [_body(row) for row in rows.select_related("consortium").filter(name__icontains=text.strip())[:MOST]]


def _body(row: Body) -> Found:
    return Found(row.pk, row.name, str(row.consortium))


def _resolve_body(actor: Actor, value: Any, source: str) -> Found | None:
    key = number(value)
    row = Body.objects.select_related("consortium").filter(pk=key, until_on=None).first() if key else None
    return _body(row) if row else None


def _search_seats(actor: Actor, text: str, source: str, context: dict[str, str]) -> list[Found]:
    body = number(context.get("body"))
    rows = sitting(body, clock.today()).filter(name__icontains=text.strip()) if body else Seat.objects.none()
    return [_seat(row) for row in rows[:MOST]]


def _seat(row: Seat) -> Found:
    return Found(row.pk, row.name, str(row.institution or row.organisation))


def _resolve_seat(actor: Actor, value: Any, source: str) -> Found | None:
    key = number(value)
    row = Seat.objects.select_related("institution").filter(pk=key).first() if key else None
    return _seat(row) if row else None


def _search_people(actor: Actor, text: str, source: str, context: dict[str, str]) -> list[Found]:
    """Return people of the members of the consortium that the form names, by name or initials."""
    wanted = text.strip()
    rows = Practitioner.objects.filter(ended_on=None, institution__in=members_today(number(context.get("consortium"))))
    rows = rows.filter(Q(name__icontains=wanted) | Q(initials__istartswith=wanted.lower())) if wanted else rows
    return [_person(row) for row in rows.select_related("institution").order_by("institution", "pk")[:MOST]]


def _person(row: Practitioner) -> Found:
    return Found(row.pk, f"{row.name}（{row.institution}）", row.title)


def _resolve_person(actor: Actor, value: Any, source: str) -> Found | None:
    key = number(value)
    row = Practitioner.objects.select_related("institution").filter(pk=key, ended_on=None).first() if key else None
    return _person(row) if row else None


def _search_appointments(actor: Actor, text: str, source: str, context: dict[str, str]) -> list[Found]:
    rows = Appointment.objects.filter(state=AppointmentState.NOMINATED, title__icontains=text.strip())
    if consortium := number(context.get("consortium")):
        rows = rows.filter(consortium_id=consortium)
    return [_appointment(row) for row in rows.order_by("-pk")[:MOST]]


def _appointment(row: Appointment) -> Found:
    return Found(row.pk, f"{row.number} {row.title}")


def _resolve_appointment(actor: Actor, value: Any, source: str) -> Found | None:
    try:
        key = value if isinstance(value, UUID) else UUID(str(value))
    except ValueError:
        return None
    row = Appointment.objects.filter(pk=key).first()
    return _appointment(row) if row else None


lookups.add(Lookup("body", _search_bodies, _resolve_body))
lookups.add(Lookup("seat", _search_seats, _resolve_seat))
lookups.add(Lookup("seat-person", _search_people, _resolve_person))
lookups.add(Lookup("appointment", _search_appointments, _resolve_appointment))
