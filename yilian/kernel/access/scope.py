"""The row scope: one transaction that sees the rows of one institution only.

Row-level security reads the transaction-local setting `app.institutions`. Without a scope it is empty and no row
of a case is visible, so code that forgets to open one fails closed.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from yilian.kernel.access.actor import Actor

SETTING = "app.institutions"


def _set(value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select set_config(%s, %s, true)", [SETTING, value])


def _get() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select current_setting(%s, true)", [SETTING])
        return cursor.fetchone()[0] or ""


@contextmanager
def scope(actor: Actor | None) -> Iterator[None]:
    """Open a transaction (a savepoint inside another) in which PostgreSQL shows this actor's rows only.

    None shows no rows at all. The scope around it, if any, is restored at the end.
    """
    nested = connection.in_atomic_block
    with transaction.atomic():
        before = _get() if nested else ""
        _set("" if actor is None else f"{{{int(actor.institution_id)}}}")
        yield
        if nested and not connection.needs_rollback:  # a rollback puts the setting back by itself
            _set(before)
