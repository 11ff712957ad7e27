"""Answers that become columns, and institutions that join or leave a case."""

from collections.abc import Iterable

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field

from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.answers import Answers
from yilian.kernel.workflow.case_type import CaseType
from yilian.kernel.workflow.models import Case, Participation
from yilian.kernel.workflow.storing import join_case, leave_case

OWN_COLUMNS = frozenset(("patient", "consortium", "priority"))
EFFECT_COLUMNS = frozenset(("patient_id", "consortium_id", "priority", "flags"))


def write_answers(case: Case, given: Answers, changed: set[str] | None = None) -> None:
    """Set every column that has the name of an answered question; note which columns of the child changed.

    A column `<name>_name` beside it keeps what people read at that time (the name behind a code).
    """
    columns = given.values() | {f"{name}_name": answer.label for name, answer in given.given.items()}
    for name, value in columns.items():
        field = _field(case, name)
        if field is None:
            continue
        kept = _blank(field) if value is None and not field.null else field.to_python(value)
        setattr(case, field.attname, kept)
        if changed is not None and name not in OWN_COLUMNS:
            changed.add(field.attname)


def write_owner(case: Case, case_type: CaseType, by: Actor) -> None:
    """Name the opening institution in the column of its side, if the model has one (`sender` for the side sender)."""
    party = case_type.may_open(by.roles)
    if party and (field := _field(case, party.side)):
        setattr(case, field.attname, by.institution_id)


def derive(case: Case, case_type: CaseType, changed: set[str] | None = None) -> None:
    """Set the columns that follow from others (`CaseType.derives`), so that rules and parties see them."""
    for name, value in (case_type.derives(case) if case_type.derives else {}).items():
        if getattr(case, name) != value:
            setattr(case, name, value)
            if changed is not None:
                changed.add(name)


def save_child(case: Case, changed: Iterable[str]) -> None:
    """Save the changed columns of the child table; the thin parent is saved by the engine."""
    model = type(case)
    own = {field.attname for field in model._meta.local_fields}
    values = {name: getattr(case, name) for name in changed if name in own}
    if values:
        model._default_manager.filter(pk=case.pk).update(**values)


def save_parent(case: Case, changed: Iterable[str]) -> None:
    """Save the columns of the thin parent that an effect has set."""
    values = {name: getattr(case, name) for name in changed if name in EFFECT_COLUMNS}
    if values:
        Case.objects.filter(pk=case.pk).update(**values)


def convene(case: Case, rows: list[Participation]) -> list[Participation]:
    """Bring in the institutions that the case names and their overseers, let replaced ones go, return all rows."""
    case_type = case.case_type
    case.__dict__.pop("_prefetched_objects_cache", None)  # who takes part is about to change
    wanted = {side: getattr(case, f"{name}_id") for side, name in case_type.parties_from.items()}
    present = {(row.institution_id, row.side) for row in rows}
    rows = [row for row in rows if not _replaced(case, case_type, wanted, row)]
    for side, institution in wanted.items():
        if institution and (institution, case_type.side(side).code) not in present:
            rows.append(join(case, institution, side))
    if case_type.oversight:
        named = {case_type.side_of_code(row.side).key: row.institution_id for row in rows}
        for side, institutions in case_type.oversight(case, named).items():
            code = case_type.side(side).code
            there = {row.institution_id for row in rows if row.side == code}
            rows += [join(case, one, side) for one in institutions if one not in there]
    return rows


def join(case: Case, institution_id: int, side: str) -> Participation:
    """Let an institution take a side."""
    return join_case(case, institution_id, case.case_type.side(side).code)


def _replaced(case: Case, case_type: CaseType, wanted: dict[str, int | None], row: Participation) -> bool:
    side = case_type.side_of_code(row.side).key
    if side not in wanted or wanted[side] == row.institution_id:
        return False
    if case_type.former:
        code = case_type.side(case_type.former).code
        if not case.participations.filter(institution_id=row.institution_id, side=code).exists():
            join(case, row.institution_id, case_type.former)
    leave_case(case, row.institution_id, row.side)
    return True


def _blank(field: Field) -> object:
    return field.get_default() if field.has_default() else ""


def _field(case: Case, name: str) -> Field | None:
    try:
        field = type(case)._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return field if isinstance(field, Field) and field.concrete and not field.many_to_many else None
