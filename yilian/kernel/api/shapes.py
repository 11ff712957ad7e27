"""How a case looks in JSON, and the schema that says so. Rows come from `workflow.queries` as they are."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.db import models
from orjson import Fragment

from yilian.kernel.api.reply import ROOT
from yilian.kernel.registries.keys import moment_of
from yilian.kernel.workflow.case_type import CaseType, case_types
from yilian.kernel.workflow.models import Case
from yilian.kernel.workflow.queries import listed_fields, own_fields

Schema = dict[str, Any]
Row = dict[str, Any]
MOMENT: Schema = {"type": "string", "format": "date-time"}
KEY: Schema = {"type": "string", "format": "uuid"}


@dataclass(frozen=True)
class Own:
    """A column of a case type's own table: its name in JSON, its column in the row, and its label's column."""

    name: str
    column: str
    label: str
    is_json: bool


def brief(case: Case | Row) -> dict[str, Any]:
    """Return what every kind of case has, without the parties' answers: for inboxes and after steps."""
    row = case if isinstance(case, dict) else vars(case)
    case_type = case_types[row["kind"]]
    return {
        "id": row["id"],
        "type": case_type.key,
        "number": row["number"],
        "title": row["title"],
        "state": row["state"],
        "state_title": str(case_type.states[row["state"]][0]),
        "is_open": not case_type.is_final(row["state"]),
        "since": _in_utc(row["since"]),
        "due": _in_utc(row["due"]),
        "priority": row["priority"],
        "version": row["version"],
        "url": f"{ROOT}/cases/{case_type.key}/{row['id']}",
    }


def listed(case_type: CaseType, row: Row) -> dict[str, Any]:
    """Return a row of `queries.newest` with patient, consortium and the columns of the type's lists."""
    return _with_fields(row, own_columns(case_type.key, False))


def full(case_type: CaseType, row: Row) -> dict[str, Any]:
    """Return a row of `queries.one`: the same with every column of the type's own table."""
    return _with_fields(row, own_columns(case_type.key, True))


def _with_fields(row: Row, columns: tuple[Own, ...]) -> dict[str, Any]:
    shown = brief(row)
    shown["opened_at"] = moment_of(row["id"])
    shown["patient"] = _patient(row)
    shown["consortium"] = _named(row["consortium_id"], row["consortium_label"])
    shown["fields"] = {own.name: _value(own, row) for own in columns}
    return shown


@cache
def own_columns(kind: str, is_whole: bool) -> tuple[Own, ...]:
    """Return the columns of a type's own table that JSON shows, all or those of its lists."""
    return tuple(
        Own(
            field.name,
            field.column,
            f"{field.name}_label" if _is_named(field) else "",
            isinstance(field, models.JSONField),
        )
        for field in _own_fields(case_types[kind], is_whole)
    )


def brief_schema() -> Schema:
    """Return the schema of `brief`."""
    return _object(
        id=KEY, type=_TEXT, number=_TEXT, title=_TEXT, state=_TEXT, state_title=_TEXT, is_open=_TRUTH, since=MOMENT,
        due=_nullable(MOMENT), priority=_NUMBER, version=_NUMBER, url=_TEXT,
    )  # fmt: skip


def case_schema(case_type: CaseType, *, is_whole: bool) -> Schema:
    """Return the schema of `full`, or of `listed`, for a case type."""
    schema = brief_schema()
    named = _nullable(_object(id={"type": ["integer", "string"]}, name=_nullable(_TEXT)))
    patient = _object(id=KEY, name=_nullable(_TEXT), sex=_nullable(_TEXT), birth_on=_nullable(_DAY))
    schema["properties"] |= {
        "type": {"const": case_type.key},
        "state": {"enum": [str(state) for state in case_type.states]},
        "opened_at": MOMENT,
        "patient": _nullable(patient),
        "consortium": named,
        "fields": _object(**{field.name: _field_schema(field) for field in _own_fields(case_type, is_whole)}),
    }
    schema["required"] = list(schema["properties"])
    return schema


def _in_utc(moment: datetime | None) -> datetime | None:
    """Return a moment as the database returns it: the same text, whether it was just reckoned or read."""
    return moment and moment.astimezone(UTC)


def _own_fields(case_type: CaseType, is_whole: bool) -> list[models.Field]:
    """Return the fields of the child table; sealed bytes are nobody's to read here."""
    fields = own_fields(case_type) if is_whole else listed_fields(case_type)
    return [field for field in fields if not isinstance(field, models.BinaryField)]


def _patient(row: Row) -> dict[str, Any] | None:
    if row["patient_label"] is None:  # none, or one whom the reader does not know
        return None
    return {
        "id": row["patient_id"],
        "name": row["patient_label"],
        "sex": row["patient_sex"],
        "birth_on": row["patient_birth_on"],
    }


def _named(key: Any, label: str | None) -> dict[str, Any] | None:
    return None if key is None else {"id": key, "name": label}


def _value(own: Own, row: Row) -> Any:
    value = row[own.column]
    if value is None:
        return None
    if own.label:
        return _named(value, row[own.label])
    return Fragment(value) if own.is_json and isinstance(value, str) else value


def _is_named(field: models.Field) -> bool:
    target = field.related_model
    return (
        isinstance(field, models.ForeignKey)
        and isinstance(target, type)
        and any(other.column == "name" for other in target._meta.local_fields)
    )


_TEXT: Schema = {"type": "string"}
_NUMBER: Schema = {"type": "integer"}
_TRUTH: Schema = {"type": "boolean"}
_DAY: Schema = {"type": "string", "format": "date"}
_BY_FIELD: tuple[tuple[type[models.Field], Schema], ...] = (
    (models.BooleanField, _TRUTH),
    (models.IntegerField, _NUMBER),
    (models.FloatField, {"type": "number"}),
    (models.DateTimeField, MOMENT),
    (models.DateField, _DAY),
    (models.UUIDField, KEY),
    (models.JSONField, {}),
)


def _field_schema(field: models.Field) -> Schema:
    if isinstance(field, models.ForeignKey):
        key = {"type": ["integer", "string"]}
        schema = _object(id=key, name=_nullable(_TEXT)) if _is_named(field) else key
    elif field.get_internal_type() == "ArrayField":
        schema = {"type": "array"}
    else:
        schema = next((schema for kind, schema in _BY_FIELD if isinstance(field, kind)), _TEXT)
    titled = {"title": str(field.verbose_name), **schema}
    return _nullable(titled) if field.null and schema else titled


def _object(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _nullable(schema: Schema) -> Schema:
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return schema | {"type": [*types, "null"]}
