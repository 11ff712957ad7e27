"""The look-up behind questions for a coded reason."""

from typing import Any

from yilian.kernel.access.actor import Actor
from yilian.kernel.rules.reasons import reasons
from yilian.kernel.workflow.lookups import Found, Lookup, lookups


def _search(actor: Actor, text: str, source: str, context: dict[str, str]) -> list[Found]:
    return [Found(row.code, row.label) for row in reasons(source) if text.strip() in row.label]


def _resolve(actor: Actor, value: Any, source: str) -> Found | None:
    return next((Found(row.code, row.label) for row in reasons(source) if row.code == str(value)), None)


lookups.add(Lookup("reason", _search, _resolve))
