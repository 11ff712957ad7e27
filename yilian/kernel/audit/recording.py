"""The one way to write access records: one INSERT on the connection of the request."""

from collections.abc import Iterable, Mapping
from ipaddress import ip_address
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.audit.actions import actions

# Written by hand: the ORM would ask for the new id with RETURNING, which row security refuses whenever the record
# belongs to no institution (a failed login), and a second connection would let a full pool wait for itself.
INSERT = """
insert into audit_accessrecord
    (at, user_id, institution_id, on_behalf_of_id, ip, action, object_kind, object_id, ground, detail)
values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb)
"""
INSERT_ALL = """
insert into audit_accessrecord
    (at, user_id, institution_id, on_behalf_of_id, ip, action, object_kind, object_id, ground, detail)
select %s, %s, %s, %s, %s, %s, %s, one, '', '{}'::jsonb from unnest(%s::text[]) one
"""
ID_LENGTH, GROUND_LENGTH = 64, 300


def record(
    actor: Actor | None,
    action: str,
    *,
    object_kind: str = "",
    object_id: object = "",
    ground: str = "",
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Record what the actor did, in the transaction of the caller: a rolled back step leaves no record of itself.

    `action` is a key of `audit.actions` (UnknownKeyError otherwise), `ground` the reason given for looking,
    `detail` anything JSON can hold, without secrets. Without an actor the record belongs to no institution.
    """
    known = actions[action].key
    what = (
        known,
        object_kind,
        _text(str(object_id))[:ID_LENGTH],
        _text(ground)[:GROUND_LENGTH],
        _as_json(detail or {}),
    )
    with connection.cursor() as cursor:
        cursor.execute(INSERT, (clock.now(), *_who(actor), *what))


def record_all(actor: Actor | None, action: str, *, object_kind: str, object_ids: Iterable[object]) -> None:
    """Record that the actor did the same to many things, one record for each, by one statement."""
    ids = [_text(str(one))[:ID_LENGTH] for one in object_ids]
    with connection.cursor() as cursor:
        cursor.execute(INSERT_ALL, (clock.now(), *_who(actor), actions[action].key, object_kind, ids))


def _who(actor: Actor | None) -> tuple[int | None, int | None, int | None, str | None]:
    if actor is None:
        return None, None, None, None
    return actor.user_id, actor.institution_id, actor.on_behalf_of_id, _address(actor.ip)


def _address(text: str) -> str | None:
    """Return a valid internet address or None: a socket or an odd proxy must not stop the record."""
    try:
        return str(ip_address(text))
    except ValueError:
        return None


def _as_json(detail: Mapping[str, Any]) -> str:
    clean = {name: _text(value) if isinstance(value, str) else value for name, value in detail.items()}
    return DjangoJSONEncoder(ensure_ascii=False).encode(clean)


def _text(value: str) -> str:
    """Drop the one character PostgreSQL cannot keep: what people type must not stop the record."""
    return value.replace("\0", "")
