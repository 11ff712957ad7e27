"""The look-up behind the question which parameter a motion changes."""

from typing import Any

from yilian.kernel.access.actor import Actor
from yilian.kernel.rules.parameter import Parameter, parameters
from yilian.kernel.rules.values import setting_of
from yilian.kernel.workflow.lookups import Found, Lookup, lookups

KEY, MOST = "parameter", 20


def _search(actor: Actor, text: str, source: str, context: dict[str, str]) -> list[Found]:
    """Return parameters whose title or key contains the text, with what is in force in the consortium of the form."""
    wanted = text.strip().lower()
    found = [one for one in parameters if wanted in str(one.title).lower() or wanted in one.key]
    named = context.get("consortium", "")
    consortium = int(named) if named.isdecimal() and len(named) < 10 else None
    return [Found(one.key, str(one.title), _hint(one, consortium)) for one in found[:MOST]]


def _hint(parameter: Parameter, consortium_id: int | None) -> str:
    return f"{parameter.group} · {setting_of(parameter.key, consortium_id=consortium_id).shown}"


def _resolve(actor: Actor, value: Any, source: str) -> Found | None:
    one = parameters.get(str(value))
    return Found(one.key, str(one.title), str(one.group)) if one else None


lookups.add(Lookup(KEY, _search, _resolve))
