"""Makes room for very many rows: what checks every single one steps aside, and checks all of them at the end."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

KEPT_BY_TRIGGER = ("case_file", "participation")
"""Tables whose triggers guard beginnings and fill in copies: a row copied from a true one holds the copies already."""
FOREIGN_KEYS = """select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint
  where contype = 'f' and conrelid = any(%s::regclass[]) order by 1, 2"""


@contextmanager
def in_bulk(tables: Sequence[str], cursor: Any) -> Iterator[None]:
    """Let the owner write many rows to these tables within a transaction; at the end foreign keys hold, or it fails.

    Nobody else can write to the tables meanwhile.
    """
    cursor.execute(FOREIGN_KEYS, [list(tables)])
    foreign = cursor.fetchall()
    for table, name, _definition in foreign:
        cursor.execute(f'alter table {table} drop constraint "{name}"')
    for table in KEPT_BY_TRIGGER:
        cursor.execute(f"alter table {table} disable trigger user")
    yield
    for table in KEPT_BY_TRIGGER:
        cursor.execute(f"alter table {table} enable trigger user")
    for table, name, definition in foreign:
        cursor.execute(f'alter table {table} add constraint "{name}" {definition}')
