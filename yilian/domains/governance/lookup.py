"""The look-ups of a motion: which parameter it changes, and at which meeting it is dealt with."""

from typing import Any
from uuid import UUID

from yilian.domains.governance.models import Meeting, MeetingState
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.rules.parameter import Parameter, parameters
from yilian.kernel.rules.values import setting_of
from yilian.kernel.workflow.lookups import Found, Lookup, lookups

MOST = 20
PROPOSERS = ("office", "director", "secretary")
TO_COME = (MeetingState.DRAFT, MeetingState.CALLED)


def _search(actor: Actor, text: str, source: str, context: dict[str, str]) -> list[Found]:
    """Return parameters whose title or key contains the text, with what is in force in the consortium of the form."""
    if not actor.may(*PROPOSERS):
        return []
    wanted = text.strip().lower()
    found = [one for one in parameters if wanted in str(one.title).lower() or wanted in one.key]
    consortium = _consortium(context)
    return [Found(one.key, str(one.title), _hint(one, consortium)) for one in found[:MOST]]


def _consortium(context: dict[str, str]) -> int | None:
    named = context.get("consortium", "")
    return int(named) if named.isdecimal() and len(named) < 10 else None


def _hint(parameter: Parameter, consortium_id: int | None) -> str:
    return f"{parameter.group} · {setting_of(parameter.key, consortium_id=consortium_id).shown}"


def _resolve(actor: Actor, value: Any, source: str) -> Found | None:
    one = parameters.get(str(value))
    return Found(one.key, str(one.title), str(one.group)) if one else None


def _search_meetings(actor: Actor, text: str, source: str, context: dict[str, str]) -> list[Found]:
    """Return meetings to come that the reader sees, of the consortium that the form names."""
    rows = Meeting.objects.filter(state__in=TO_COME, subject__icontains=text.strip())
    if consortium := _consortium(context):
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


lookups.add(Lookup("parameter", _search, _resolve))
lookups.add(Lookup("meeting", _search_meetings, _resolve_meeting))
