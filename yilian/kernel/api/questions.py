"""Questions as JSON Schema: what a form or a step asks, in a shape that programs can check and draw."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import UUIDField

from yilian.kernel.api.reply import ROOT
from yilian.kernel.workflow.flow import EDIT, SEVERAL, Ask, Step

Schema = dict[str, Any]
TEXT_LENGTHS = {"text": 200, "longtext": 20_000}
NOUNS = {"institution": settings.INSTITUTION_MODEL, "patient": settings.PATIENT_MODEL,
         "consortium": settings.CONSORTIUM_MODEL}  # fmt: skip
PICKED = frozenset(["reason", "institution", "department", "practitioner", "patient", "consortium", "code", "region",
                    "pick", *SEVERAL])  # fmt: skip


def step_schema(step: Step) -> Schema:
    """Return the schema of the answers to a step's questions; a draft being edited may leave any open."""
    return answers_schema(step.asks, partial=step.partial or step.verb == EDIT)


def answers_schema(asks: Iterable[Ask], *, partial: bool) -> Schema:
    """Return the schema of an object of answers; `partial` (a draft) requires none of them.

    A question that depends on another answer is never required here: `x-when` says when it is asked.
    """
    asks = list(asks)
    schema: Schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": {ask.name: ask_schema(ask, may_be_empty=partial or not ask.required) for ask in asks},
    }
    if required := [ask.name for ask in asks if ask.required and not ask.when and not partial]:
        schema["required"] = required
    return schema


def ask_schema(ask: Ask, *, may_be_empty: bool) -> Schema:
    """Return the schema of one answer; lists behind a question are named as `x-lookup`, an address to ask."""
    schema: Schema = {"title": str(ask.title), **_kind_schema(ask)}
    if may_be_empty or ask.when:
        schema = _or_null(schema)
    more = {"description": str(ask.help), "x-section": str(ask.section), "x-when": ask.when}
    schema |= {name: text for name, text in more.items() if text}
    if ask.kind in PICKED:
        source = f"?source={ask.source}" if ask.source and ask.kind not in ("pick", "picks") else ""
        schema["x-lookup"] = f"{ROOT}/lookups/{ask.lookup}{source}"
    return schema


def _kind_schema(ask: Ask) -> Schema:
    if ask.kind in TEXT_LENGTHS:
        return {"type": "string", "maxLength": ask.max_length or TEXT_LENGTHS[ask.kind]}
    if ask.kind in ("int", "decimal"):
        return {"type": "integer" if ask.kind == "int" else "number", **_limits(ask)}
    if ask.kind in ("choice", "choices"):
        return _choice_schema(ask)
    if ask.kind == "rows":
        return {"type": "array", "items": answers_schema(ask.asks, partial=False)}
    if ask.kind in SEVERAL:
        return {"type": "array", "items": _kind_schema(Ask(ask.name, ask.title, SEVERAL[ask.kind], source=ask.source))}
    return dict(_FIXED.get(ask.kind) or _noun_schema(ask.kind))


_FIXED: dict[str, Schema] = {
    "date": {"type": "string", "format": "date"},
    "datetime": {"type": "string", "format": "date-time"},
    "bool": {"type": "boolean"},
    "reason": {"type": "string"},
    "code": {"type": "string"},
    "region": {"type": "string"},
    "file": {"type": "string", "format": "uuid", "x-upload": "documents"},
}


def _limits(ask: Ask) -> Schema:
    limits = {"minimum": ask.minimum, "maximum": ask.maximum}
    return {name: limit for name, limit in limits.items() if limit is not None}


def _choice_schema(ask: Ask) -> Schema:
    values = [str(value) for value, _ in ask.choices]
    one: Schema = {"type": "string", "enum": values, "x-titles": {str(value): str(text) for value, text in ask.choices}}
    return one if ask.kind == "choice" else {"type": "array", "items": one}


def _noun_schema(kind: str) -> Schema:
    """Keys of nouns are numbers or UUIDs, as their models say; a noun the kernel does not know may be either."""
    if kind not in NOUNS:
        return {"type": ["string", "integer"]}
    if isinstance(apps.get_model(NOUNS[kind])._meta.pk, UUIDField):
        return {"type": "string", "format": "uuid"}
    return {"type": "integer"}


def _or_null(schema: Schema) -> Schema:
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    schema = schema | {"type": [*types, "null"]}
    if "enum" in schema:
        schema["enum"] = [*schema["enum"], None]
    return schema
