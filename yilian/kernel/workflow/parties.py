"""Answers that become columns, and institutions that join or leave a case."""

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field

from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.answers import Answers
from yilian.kernel.workflow.case_type import CaseType
from yilian.kernel.workflow.models import Case, Participation
from yilian.kernel.workflow.storing import join_case, leave_case

OWN_COLUMNS = frozenset(("patient", "consortium", "priority"))


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
    party = case_type.opener(by.roles)
    if party and (field := _field(case, party.side)):
        setattr(case, field.attname, by.institution_id)


def derive(case: Case, case_type: CaseType, changed: set[str] | None = None) -> None:
    """Set the columns that follow from others (`CaseType.derives`), so that rules and parties see them."""
    for name, value in (case_type.derives(case) if case_type.derives else {}).items():
        if getattr(case, name) != value:
            setattr(case, name, value)
            if changed is not None:
                changed.add(name)


def convene(case: Case) -> None:
    """Bring in the institutions that the case names and their overseers, and let replaced ones go."""
    case_type = case.case_type
    wanted = {side: getattr(case, f"{name}_id") for side, name in case_type.parties_from.items()}
    for row in [row for row in case.taking_part() if _is_replaced(case_type, wanted, row)]:
        _replace(case, case_type, row)
    present = {(row.institution_id, row.side) for row in case.taking_part()}
    sides = {case_type.side(side).code: institution for side, institution in wanted.items() if institution}
    joining = [(institution, code) for code, institution in sides.items() if (institution, code) not in present]
    if case_type.oversight:
        playing = {row.side: row.institution_id for row in case.taking_part()} | sides
        named = {case_type.side_of_code(code).key: institution for code, institution in playing.items()}
        watching = [
            (institution, case_type.side(side).code)
            for side, institutions in case_type.oversight(case, named).items()
            for institution in institutions
        ]
        joining += [pair for pair in watching if pair not in present]
    join_case(case, list(dict.fromkeys(joining)))


def join(case: Case, institution_id: int, side: str) -> None:
    """Let an institution take a side."""
    join_case(case, [(institution_id, case.case_type.side(side).code)])


def leave(case: Case, institution_id: int, side: str) -> None:
    """Take a side from an institution; it sees the case only through other sides from then on."""
    leave_case(case, institution_id, case.case_type.side(side).code)


def has_a_hand(case: Case, institution_id: int) -> bool:
    """Say whether an institution does more than read the case: overseers and former parties do not."""
    sides = [row.side for row in case.taking_part() if row.institution_id == institution_id]
    return any(not case.case_type.only_reads(side) for side in sides)


def _is_replaced(case_type: CaseType, wanted: dict[str, int | None], row: Participation) -> bool:
    side = case_type.side_of_code(row.side).key
    return side in wanted and wanted[side] != row.institution_id


def _replace(case: Case, case_type: CaseType, row: Participation) -> None:
    """Let an institution leave its side; it keeps the side of those who were there, where the type has one."""
    if case_type.former:
        code = case_type.side(case_type.former).code
        there = {(other.institution_id, other.side) for other in case.taking_part()}
        join_case(case, [(row.institution_id, code)] if (row.institution_id, code) not in there else [])
    leave_case(case, row.institution_id, row.side)


def _blank(field: Field) -> object:
    return field.get_default() if field.has_default() else ""


def _field(case: Case, name: str) -> Field | None:
    try:
        field = type(case)._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return field if isinstance(field, Field) and field.concrete and not field.many_to_many else None
