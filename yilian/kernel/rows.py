"""Single rows by statements composed once per model: the ORM composes a wide row longer than PostgreSQL reads it."""

from collections.abc import Callable, Iterable, Sequence
from copy import copy
from functools import lru_cache
from typing import Any, TypeVar, cast
from weakref import ref

import orjson
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import AutoField, Field, ForeignKey, Model

ONCE = " on conflict do nothing"
Row = TypeVar("Row", bound=Model)
Converter = Callable[[Any], Any]

finders: dict[type[Model], Callable[[Any], Model | None]] = {}
"""How to find a noun by its key more quickly than `read` does, by its model; the floors above enter theirs."""


class _Related(dict[str, Any]):
    """The related objects a row knows: where Django would ask, a noun is found by its finder or read."""

    def __init__(self, row: Model) -> None:
        super().__init__()
        self._row = ref(row)

    def __missing__(self, name: str) -> Model:
        row = self._row()
        field = _findable(type(row)).get(name) if row else None
        key = getattr(row, field.attname) if field else None
        found = _find(cast(Any, field.related_model), key) if field and key is not None else None
        if found is None:
            raise KeyError(name)
        self[name] = found
        return found


def _find(model: type[Model], key: Any) -> Model | None:
    if model not in finders:
        return read(model, key)
    found = copy(finders[model](key))  # what is remembered is shared: nobody may change it
    return _knowing(found) if found else None


def _knowing(row: Row) -> Row:
    """Let a row find its related objects, beside those it has."""
    related = _Related(row)
    related.update(row._state.fields_cache)
    row._state.fields_cache = related
    return row


def read(model: type[Row], pk: Any) -> Row | None:
    """Return a row by its key, with what it inherits, or None where nobody sees one."""
    return next(iter(where(model, _by_key(model), [pk])), None)


def lock(model: type[Row], pk: Any) -> Row | None:
    """Return a row like `read`, locked with what it inherits; foreign keys may still point to it."""
    return next(iter(where(model, f"{_by_key(model)} for no key update", [pk])), None)


def where(model: type[Row], condition: str, values: Sequence[Any]) -> list[Row]:
    """Return the rows that meet a condition, which is SQL of ours: what people write goes into `values`."""
    sql, names, converters = _select(model)
    with connection.cursor() as cursor:
        cursor.execute(sql + condition, values)
        found = cursor.fetchall()
    return [_built(model, names, converters, list(values)) for values in found]


def compose(model: type[Row], **values: Any) -> Row:
    """Return a new row that finds its nouns as those do that were read."""
    return _knowing(model(**values))


def insert(*new: Model, once: bool = False) -> None:
    """Insert rows of one model, what they inherit first; a key that the database counts is set on the objects.

    With `once` a row that a constraint finds there already is left out; then no key is set.
    """
    for row in new:
        for parent, link in row._meta.parents.items():
            setattr(row, cast(Any, link).attname, getattr(row, parent._meta.pk.attname))
    for sql, fields, is_counted in _inserts(type(new[0])):
        given = [{field.column: field.get_prep_value(field.pre_save(row, True)) for field in fields} for row in new]
        with connection.cursor() as cursor:
            cursor.execute(sql + ONCE * once, [orjson.dumps(given, default=_as_json).decode()])
            for row, (key,) in zip(new, cursor.fetchall() if is_counted else (), strict=False):
                row.pk = key
    for row in new:
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def own_names(model: type[Model]) -> set[str]:
    """Return the attributes that the model's own table keeps."""
    return set(_own_fields(model))


def assigned(model: type[Model], names: Iterable[str], row: Model) -> tuple[list[str], list[Any]]:
    """Return ("column" = %s, …) and the values of these attributes, for an UPDATE of the model's own table."""
    fields = _own_fields(model)
    chosen = [fields[name] for name in sorted(names)]
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in chosen]
    return [f'"{field.column}" = %s' for field in chosen], values


def _built(model: type[Row], names: list[str], converters: list[tuple[int, Converter]], values: list[Any]) -> Row:
    for position, convert in converters:
        values[position] = convert(values[position])
    return _knowing(model.from_db(DEFAULT_DB_ALIAS, names, values))


@lru_cache
def _select(model: type[Model]) -> tuple[str, list[str], list[tuple[int, Converter]]]:
    meta = model._meta
    fields = meta.concrete_fields
    columns = ", ".join(f'"{field.model._meta.db_table}"."{field.column}"' for field in fields)
    joined = f'"{meta.db_table}"'
    for parent, link in meta.parents.items():
        table, key = parent._meta.db_table, parent._meta.pk.column
        joined += f' join "{table}" on "{table}"."{key}" = "{meta.db_table}"."{link.column}"'
    sql = f"select {columns} from {joined} where "
    converters = [(place, _converter(field)) for place, field in enumerate(fields) if hasattr(field, "from_db_value")]
    return sql, [field.attname for field in fields], converters


@lru_cache
def _by_key(model: type[Model]) -> str:
    return f'"{model._meta.db_table}"."{model._meta.pk.column}" = %s'


@lru_cache
def _findable(model: type[Model]) -> dict[str, ForeignKey]:
    keys = [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]
    return {field.cache_name: field for field in keys if field.target_field.primary_key}


def _converter(field: Any) -> Converter:
    return lambda value: field.from_db_value(value, field.cached_col, connection)


@lru_cache
def _inserts(model: type[Model]) -> list[tuple[str, list[Field], bool]]:
    """Return, for each table of a row, the INSERT of rows given as JSON, the fields, and if keys are counted.

    One value in place of sixty: psycopg parses a statement of more than fifty anew each time.
    """
    found = []
    for table in (*model._meta.parents, model):
        fields = [field for field in table._meta.local_concrete_fields if not isinstance(field, AutoField)]
        columns, name = ", ".join(f'"{field.column}"' for field in fields), f'"{table._meta.db_table}"'
        is_counted = isinstance(table._meta.pk, AutoField)
        ending = f' returning "{table._meta.pk.column}"' if is_counted else ""
        given = f"json_populate_recordset(null::{name}, %s::text::json)"
        found.append((f"insert into {name} ({columns}) select {columns} from {given}{ending}", fields, is_counted))
    return found


def _as_json(value: Any) -> str:
    """Return a value as PostgreSQL reads it from JSON."""
    return f"\\x{bytes(value).hex()}" if isinstance(value, bytes | memoryview) else str(value)


@lru_cache
def _own_fields(model: type[Model]) -> dict[str, Field]:
    return {field.attname: field for field in model._meta.local_concrete_fields}
