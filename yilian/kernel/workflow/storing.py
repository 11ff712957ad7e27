"""The writes of every step as plain statements: the ORM takes longer to compose them than PostgreSQL to run them."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb

from yilian.kernel import rows
from yilian.kernel.workflow.models import Case, Happening, Participation

STATE_COLUMNS = (
    "state", "open", "since", "due", "priority", "version", "flags", "title", "digest", "patient_id", "consortium_id",
)  # fmt: skip
LINE_COLUMNS = (
    "case_id", "seq", "at", "actor_id", "actor_name", "institution_id", "institution_name", "address",
    "on_behalf_of_id", "verb", "state_from", "state_to", "note", "answers", "digest",
)  # fmt: skip
MOVE = f"update case_file set {', '.join(f'{name} = %s' for name in STATE_COLUMNS)} where id = %s"
APPEND = (
    f"insert into happening ({', '.join(LINE_COLUMNS)}) values ({', '.join(['%s'] * len(LINE_COLUMNS))}) returning id"
)
EFFECT_COLUMNS = ("patient_id", "consortium_id", "priority", "flags")
PARTIES = "select institution_id, side from participation where case_id = %s order by institution_id, side"
JOIN = "insert into participation (case_id, institution_id, side, kind, state, open, priority, turn, prime) values "
JOINER = "(%s, %s, %s, '', '', true, 3, 0, true)"


def write_step(case: Case, changed: Iterable[str], line: Happening) -> None:
    """Save what a step changes in one statement: these attributes of the child, the thin parent, and a line of history.

    Triggers run after all three, so they find the child as it is now.
    """
    child, values = _child_update(case, changed)
    parts = [f"child as ({child})"] if child else []
    parts.append(f"moved as ({MOVE})")
    values += [*(getattr(case, name) for name in STATE_COLUMNS), case.pk, *_line_values(line)]
    line.pk = _ask(f"with {', '.join(parts)} {APPEND}", values)


def write_effects(case: Case, changed: Iterable[str]) -> None:
    """Save the attributes of the child and of the thin parent that effects have set."""
    names = set(changed)
    child, values = _child_update(case, names)
    if child:
        _run(child, values)
    if of_parent := names.intersection(EFFECT_COLUMNS):
        columns, values = rows.assigned(Case, of_parent, case)
        _run(f"update case_file set {', '.join(columns)} where id = %s", [*values, case.pk])


def write_beginning(case: Case, joining: Sequence[tuple[int, int]], line: Happening) -> None:
    """Save who takes which side (institution, side code) of a new case, and the first line of its history, in one."""
    joined, values = _joining(case, joining)
    line.pk = _ask(f"with joined as ({joined}) {APPEND}", [*values, *_line_values(line)])
    case.sides = _playing(case, joining)


def read_sides(case: Case) -> list[Participation]:
    """Read who plays which side now, and let the case know it; the objects know institution and side only."""
    with connection.cursor() as cursor:
        cursor.execute(PARTIES, [case.pk])
        found = cursor.fetchall()
    case.sides = _playing(case, found)
    return case.sides


def join_case(case: Case, joining: Sequence[tuple[int, int]]) -> None:
    """Let institutions take sides (institution, side code); a trigger fills in the copies of the case's columns."""
    if not joining:
        return
    _run(*_joining(case, joining))
    case.sides = None if case.sides is None else [*case.sides, *_playing(case, joining)]


def leave_case(case: Case, institution_id: int, side_code: int) -> None:
    """Take a side from an institution; from then on it sees the case only through other sides."""
    _run("select case_leave(%s, %s, %s)", [case.pk, institution_id, side_code])
    if case.sides is not None:
        left = (institution_id, side_code)
        case.sides = [row for row in case.sides if (row.institution_id, row.side) != left]


def next_serial() -> int:
    """Return the next serial of case numbers."""
    return _ask("select nextval('case_number_seq')", [])


def _joining(case: Case, joining: Sequence[tuple[int, int]]) -> tuple[str, list[Any]]:
    """Return the INSERT of these sides, and its values."""
    values = [value for institution_id, side in joining for value in (case.pk, institution_id, side)]
    return JOIN + ", ".join([JOINER] * len(joining)), values


def _playing(case: Case, found: Iterable[tuple[int, int]]) -> list[Participation]:
    made = [{"case_id": case.pk, "institution_id": institution_id, "side": side} for institution_id, side in found]
    return [rows.compose(Participation, **one) for one in made]


def _child_update(case: Case, changed: Iterable[str]) -> tuple[str, list[Any]]:
    """Return the UPDATE of the child table and its values; an empty one when nothing of the child changed."""
    model = type(case)
    columns, values = rows.assigned(model, rows.own_names(model) & set(changed), case)
    if not columns:
        return "", []
    key = model._meta.pk.column
    return f'update "{model._meta.db_table}" set {", ".join(columns)} where "{key}" = %s', [*values, case.pk]


def _line_values(line: Happening) -> list[Any]:
    values = [getattr(line, name) for name in LINE_COLUMNS]
    values[LINE_COLUMNS.index("answers")] = Jsonb(line.answers)
    return values


def _run(sql: str, values: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def _ask(sql: str, values: list[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.fetchone()[0])
