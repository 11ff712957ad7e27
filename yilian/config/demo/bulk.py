"""Makes room for very many rows: what checks or sorts in every one steps aside, and does all of them at the end."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

KEPT_BY_TRIGGER = ("case_file", "participation")
"""Tables whose triggers guard beginnings and fill in copies: a row copied from a true one holds the copies already."""
CONSTRAINTS = """select format('alter table %%s drop constraint %%I', c.conrelid::regclass, c.conname),
    format('alter table %%s add constraint %%I %%s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid))
  from pg_constraint c where c.conrelid = any(%s::regclass[]) and (c.contype = 'f' or c.contype in ('p', 'u')
    and not exists (select 1 from pg_constraint f where f.contype = 'f' and f.conindid = c.conindid))
  order by c.contype = 'f' desc, 1"""
"""Foreign keys first; keys that others point to stay."""
INDEXES = """select format('drop index %%s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid)
  from pg_index i where i.indrelid = any(%s::regclass[])
    and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid and c.conrelid = i.indrelid)
  order by 1"""
MEMORY = "set local maintenance_work_mem = '512MB'"


@contextmanager
def in_bulk(tables: Sequence[str], cursor: Any) -> Iterator[None]:
    """Let the owner write many rows to these tables in a transaction; at the end every constraint holds, or it fails.

    Nobody else can use the tables meanwhile.
    """
    aside: list[tuple[str, str]] = []
    for question in (CONSTRAINTS, INDEXES):
        cursor.execute(question, [list(tables)])
        aside += cursor.fetchall()
    for drop, _restore in aside:
        cursor.execute(drop)
    for table in KEPT_BY_TRIGGER:
        cursor.execute(f"alter table {table} disable trigger user")
    yield
    for table in KEPT_BY_TRIGGER:
        cursor.execute(f"alter table {table} enable trigger user")
    cursor.execute(MEMORY)
    for _drop, restore in reversed(aside):
        cursor.execute(restore)
