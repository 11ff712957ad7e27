"""The writes of every step as plain statements: the ORM takes longer to compose them than PostgreSQL to run them."""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from psycopg.types.json import Jsonb

from yilian.kernel.workflow.models import Case, Happening, Participation

STATE_COLUMNS = (
    "state", "open", "since", "due", "priority", "version", "flags", "title", "digest", "patient_id", "consortium_id",
)  # fmt: skip
LINE_COLUMNS = (
    "case_id", "seq", "at", "actor_id", "actor_name", "institution_id", "institution_name", "address",
    "on_behalf_of_id", "verb", "state_from", "state_to", "note", "answers", "digest",
)  # fmt: skip
UPDATE = f"update case_file set {', '.join(f'{name} = %s' for name in STATE_COLUMNS)} where id = %s"
APPEND = (
    f"insert into happening ({', '.join(LINE_COLUMNS)}) values ({', '.join(['%s'] * len(LINE_COLUMNS))}) returning id"
)
JOIN = """insert into participation (case_id, institution_id, side, kind, state, open, priority, turn, prime)
  values (%s, %s, %s, '', '', true, 3, 0, true)"""


def update_case(case: Case) -> None:
    """Save the columns of the thin parent that a step may change."""
    _run(UPDATE, [*(getattr(case, name) for name in STATE_COLUMNS), case.pk])


def append_line(line: Happening) -> None:
    """Add a line to the history."""
    values = [getattr(line, name) for name in LINE_COLUMNS]
    values[LINE_COLUMNS.index("answers")] = Jsonb(line.answers)
    line.pk = _run(APPEND, values)


def join_case(case: Case, institution_id: int, side_code: int) -> Participation:
    """Let an institution take a side; a trigger fills in the copies of the case's columns."""
    _run(JOIN, [case.pk, institution_id, side_code])
    return Participation(case=case, institution_id=institution_id, side=side_code)


def leave_case(case: Case, institution_id: int, side_code: int) -> None:
    """Take a side from an institution; from then on it sees the case only through other sides."""
    _run("select case_leave(%s, %s, %s)", [case.pk, institution_id, side_code])


def next_serial() -> int:
    """Return the next serial of case numbers."""
    serial = _run("select nextval('case_number_seq')", [])
    assert serial is not None
    return serial


def _run(sql: str, values: Iterable[Any]) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return cursor.fetchone()[0] if cursor.description else None
