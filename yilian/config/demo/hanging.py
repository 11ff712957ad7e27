"""Which tables hang on a case, found from the models: what a copy of a case takes with it."""

from dataclasses import dataclass
from graphlib import TopologicalSorter

from django.apps import apps
from django.db.models import AutoField, ForeignKey, Model

from yilian.domains.capacity.models import Booking
from yilian.domains.records.models import RecordFile
from yilian.kernel.documents.models import Attachment, IssuedPaper
from yilian.kernel.workflow.models import Case, IdempotencyKey

LEFT = (Attachment, Booking, IssuedPaper, IdempotencyKey, RecordFile)
"""Not copied: a file lies in the vault under one key, a paper has its number, a place is booked once,
a client's key is for one write."""


@dataclass(frozen=True)
class Hanging:
    """A table whose rows belong to cases: `case` is the SQL expression, for a row `h`, of the case it belongs to.

    `columns` are those a copy writes; those in `counted` hold keys that the database counts, of the table named.
    """

    model: type[Model]
    case: str
    columns: tuple[str, ...]
    counted: dict[str, str]

    @property
    def table(self) -> str:
        return self.model._meta.db_table


def hanging_tables() -> list[Hanging]:
    """Return the case's own table and all that hang on it, each behind those it points to."""
    members = _members()
    pointed = {target for model in members for target in _targets(model).values() if _is_counted(target)} & members
    order = TopologicalSorter({model: set(_targets(model).values()) & members - {model} for model in members})
    return [_described(model, members, pointed) for model in order.static_order()]


def _members() -> set[type[Model]]:
    """Return the models that point to a case, or to one that does."""
    found: set[type[Model]] = {Case}
    grown = True
    while grown:
        more = {
            model
            for model in apps.get_models(include_auto_created=True)
            if model not in LEFT and found & set(_targets(model).values())
        }
        grown = not more <= found
        found |= more
    return found


def _described(model: type[Model], members: set[type[Model]], pointed: set[type[Model]]) -> Hanging:
    targets = _targets(model)
    own = {model._meta.pk.column: model} if model in pointed else {}
    counted = {column: target for column, target in (own | targets).items() if target in pointed}
    columns = [
        field.column
        for field in model._meta.local_concrete_fields
        if model in pointed or not isinstance(field, AutoField)
    ]
    named = {column: target._meta.db_table for column, target in counted.items()}
    return Hanging(model, _case_of(model, members, "h"), tuple(columns), named)


def _case_of(model: type[Model], members: set[type[Model]], row: str) -> str:
    if model is Case:
        return f"{row}.id"
    targets = {column: target for column, target in _targets(model).items() if target in members}
    direct = [column for column, target in targets.items() if issubclass(target, Case)]
    if direct:
        own = model._meta.pk.column
        return f'{row}."{own if own in direct else direct[0]}"'
    column, target = next(iter(targets.items()))
    inner, key = f"{row}_", target._meta.pk.column
    case = _case_of(target, members, inner)
    return f'(select {case} from "{target._meta.db_table}" {inner} where {inner}."{key}" = {row}."{column}")'


def _targets(model: type[Model]) -> dict[str, type[Model]]:
    """Return the models that the columns of a table point to."""
    keys = [field for field in model._meta.local_concrete_fields if isinstance(field, ForeignKey)]
    return {key.column: key.related_model for key in keys}  # type: ignore[misc]


def _is_counted(model: type[Model]) -> bool:
    return isinstance(model._meta.pk, AutoField)
