"""The row scope: one transaction that sees the rows of one institution only.

Row-level security reads the transaction-local setting `app.institutions`: the institution's key and, for a role that
oversees, the same key with a minus sign, under which a case knows those who only watch it (docs/adr/0008). Without a
scope it is empty and no row of a case is visible, so code that forgets to open one fails closed.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from yilian.kernel.access.actor import Actor
from yilian.kernel.almanac.keeping import reading
from yilian.kernel.almanac.watching import EPOCH

SETTING = "app.institutions"
OPEN = f"""select coalesce(current_setting('{SETTING}', true), ''), {EPOCH}, set_config('{SETTING}', %s, true)"""
BACK = f"select set_config('{SETTING}', %s, true)"


@contextmanager
def scope(actor: Actor | None) -> Iterator[None]:
    """Open a transaction (a savepoint inside another) in which PostgreSQL shows this actor's rows only.

    None shows no rows at all. The scope around it, if any, is restored at the end.
    """
    nested = connection.in_atomic_block
    with transaction.atomic():
        before, epoch = _open(_places(actor))
        with reading(epoch):
            yield
        if nested:
            _back(before)


def _places(actor: Actor | None) -> str:
    if actor is None:
        return ""
    own = int(actor.institution_id)
    return f"{{{own},{-own}}}" if actor.oversees else f"{{{own}}}"


def _open(institutions: str) -> tuple[str, int | None]:
    """Set the institutions; return those set before and the epoch of what rarely changes."""
    with connection.cursor() as cursor:
        cursor.execute(OPEN, [institutions])
        before, epoch, _set = cursor.fetchone()
    return before, epoch


def _back(institutions: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(BACK, [institutions])
