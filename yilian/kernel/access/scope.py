"""The row scope: one transaction that sees the rows of one institution only.

Row-level security reads the transaction-local setting `app.institutions`: the institution's key and, for a role that
oversees, the same key with a minus sign, under which a case knows those who only watch it (docs/adr/0008). Without a
scope it is empty and no row of a case is visible, so code that forgets to open one fails closed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import local

from django.db import connection, transaction
from django.db.transaction import Atomic

from yilian.kernel.access.actor import Actor
from yilian.kernel.almanac.keeping import reading
from yilian.kernel.almanac.watching import EPOCH

SETTING = "app.institutions"
OPEN = f"""select coalesce(current_setting('{SETTING}', true), ''), {EPOCH}, set_config('{SETTING}', %s, true)"""
BACK = f"select set_config('{SETTING}', %s, true)"


class _Here(local):
    """What this thread knows without asking: the institutions its scope shows, and whether all stands or falls."""

    places: str | None = None
    is_whole: bool = False


_here = _Here()


@contextmanager
def scope(actor: Actor | None, *others: Actor) -> Iterator[None]:
    """Open a transaction (inside another one, a part of it) in which PostgreSQL shows this actor's rows only.

    None shows no rows at all. The scope around it, if any, is restored at the end. With `others` the rows of all of
    them are shown: for counting that is given to nobody else than each of them (indicators.abreast).
    """
    places, around, nested = _places(actor, *others), _here.places, connection.in_atomic_block
    with part():
        if nested and places == around:
            yield
            return
        before, epoch = _open(places)
        try:
            _here.places = places
            with reading(epoch):
                yield
        finally:
            _here.places = around
        if nested:
            _back(before)


def part(*, undone_alone: bool = True) -> Atomic:
    """Return a transaction, or inside another one a part of it, which is undone alone when something is raised in it.

    Unless it is known already that then everything is undone: `undone_alone` says so, or `all_or_nothing`.
    """
    return transaction.atomic(savepoint=undone_alone and not _here.is_whole)


@contextmanager
def all_or_nothing() -> Iterator[None]:
    """Say that whatever is raised inside ends the whole transaction, so that no part of it need be undone alone.

    For requests that answer a refusal after their scope, and for loaders. Who goes on behind a caught refusal
    cannot send any further statement: Django refuses it.
    """
    before, _here.is_whole = _here.is_whole, True
    try:
        yield
    finally:
        _here.is_whole = before


def reading_for() -> int | None:
    """Return the institution whose rows the scope around shows, or None without a scope."""
    own = (_here.places or "").strip("{}").partition(",")[0]
    return int(own) if own else None


def _places(actor: Actor | None, *others: Actor) -> str:
    if actor is None:
        return ""
    own = [sign * int(one.institution_id) for one in (actor, *others) for sign in ((1, -1) if one.oversees else (1,))]
    return f"{{{','.join(map(str, own))}}}"


def _open(institutions: str) -> tuple[str, int | None]:
    """Set the institutions; return those set before and the epoch of what rarely changes."""
    with connection.cursor() as cursor:
        cursor.execute(OPEN, [institutions])
        before, epoch, _set = cursor.fetchone()
    return before, epoch


def _back(institutions: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(BACK, [institutions])
