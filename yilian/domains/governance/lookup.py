"""The look-ups of a motion: the parameter it changes, the case it decides, its meeting, the seats that vote."""

from typing import Any
from uuid import UUID

from yilian.domains.governance.bodies.lookups import number
from yilian.domains.governance.models import Meeting, MeetingState, Motion, Seat
from yilian.domains.governance.motion.electorate import seats_to_vote
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.rules.parameter import Parameter, parameters
from yilian.kernel.rules.values import setting_of
from yilian.kernel.workflow.case_type import case_types
from yilian.kernel.workflow.lookups import Found, Lookup, lookups
from yilian.kernel.workflow.models import Case
from yilian.registry.resolutions import matters, waiting

MOST = 20
PROPOSERS = ("office", "director", "secretary")
TO_COME = (MeetingState.DRAFT, MeetingState.CALLED)


def _search(actor: Actor, text: str, source: str, context: dict[str, str]) -> list[Found]:
    """Return parameters whose title or key contains the text, with what is in force in the consortium of the form."""
    if not actor.may(*PROPOSERS):
        return []
    wanted = text.strip().lower()
    found = [one for one in parameters if wanted in str(one.title).lower() or wanted in one.key]
    consortium = number(context.get("consortium"))
    return [Found(one.key, str(one.title), _hint(one, consortium)) for one in found[:MOST]]


def _hint(parameter: Parameter, consortium_id: int | None) -> str:
    return f"{parameter.group} · {setting_of(parameter.key, consortium_id=consortium_id).shown}"


def _resolve(actor: Actor, value: Any, source: str) -> Found | None:
    one = parameters.get(str(value))
    return Found(one.key, str(one.title), str(one.group)) if one else None


def _search_meetings(actor: Actor, text: str, source: str, context: dict[str, str]) -> list[Found]:
    """Return meetings to come that the reader sees, of the consortium that the form names."""
    rows = Meeting.objects.filter(state__in=TO_COME, subject__icontains=text.strip())
    if consortium := number(context.get("consortium")):
        rows = rows.filter(consortium_id=consortium)
    return [_meeting(row) for row in rows.order_by("-pk")[:MOST]]


def _meeting(row: Meeting) -> Found:
    when = clock.local(row.starts_at).strftime("%Y-%m-%d %H:%M") if row.starts_at else ""
    return Found(row.pk, f"{row.number} {row.title}", when)


def _resolve_meeting(actor: Actor, value: Any, source: str) -> Found | None:
    try:
        key = value if isinstance(value, UUID) else UUID(str(value))
    except ValueError:
        return None
    row = Meeting.objects.filter(pk=key, state__in=TO_COME).first()
    return _meeting(row) if row else None


def _search_own_seats(actor: Actor, text: str, source: str, context: dict[str, str]) -> list[Found]:
    """Return the seats that the actor's institution still has to vote for, in the motion whose page asks."""
    try:
        motion = Motion.objects.filter(pk=UUID(context.get("case", ""))).first()
    except ValueError:
        return []
    seats = seats_to_vote(motion, actor.institution_id) if motion else []
    return [_own_seat(seat) for seat in seats if text.strip() in seat.name]


def _own_seat(seat: Seat) -> Found:
    return Found(seat.pk, seat.name, seat.office or seat.organisation)


def _resolve_own_seat(actor: Actor, value: Any, source: str) -> Found | None:
    seat = Seat.objects.filter(pk=number(value)).first()
    return _own_seat(seat) if seat else None


def _search_awaiting(actor: Actor, text: str, source: str, context: dict[str, str]) -> list[Found]:
    """Return cases that wait for a resolution and that the reader sees, of the consortium that the form names."""
    found: list[Found] = []
    for matter in matters:
        rows = case_types[matter.case_type].model._default_manager.filter(state=matter.state)
        if consortium := number(context.get("consortium")):
            rows = rows.filter(consortium_id=consortium)
        found += [_awaiting(row) for row in rows.filter(title__icontains=text.strip()).order_by("-pk")[:MOST]]
    return found[:MOST]


def _awaiting(row: Case) -> Found:
    return Found(row.pk, f"{row.number} {row.title}", str(row.case_type.title))


def _resolve_awaiting(actor: Actor, value: Any, source: str) -> Found | None:
    try:
        row = waiting(value if isinstance(value, UUID) else UUID(str(value)))
    except ValueError:
        return None
    return _awaiting(row) if row else None


lookups.add(Lookup("awaiting", _search_awaiting, _resolve_awaiting))
lookups.add(Lookup("vote-seat", _search_own_seats, _resolve_own_seat))
lookups.add(Lookup("parameter", _search, _resolve))
lookups.add(Lookup("meeting", _search_meetings, _resolve_meeting))
