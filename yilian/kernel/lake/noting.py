"""Noting each refresh in the database, and asking what became of the last one (docs/adr/0235)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection

from yilian.kernel import clock
from yilian.kernel.lake.models import LONGEST_FAILURE, Refresh
from yilian.kernel.lake.source import LOCK

if TYPE_CHECKING:
    from yilian.kernel.lake.refreshing import Refreshed

HELD = f"""select exists (select from pg_locks
    where locktype = 'advisory' and granted and objsubid = 1
      and database = (select oid from pg_database where datname = current_database())
      and (classid::bigint << 32 | objid::bigint) = {LOCK}::bigint)"""


class Note:
    """The row of a refresh that runs."""

    def __init__(self, row: Refresh) -> None:
        self.row = row

    def done(self, what: "Refreshed") -> None:
        """Say what it did."""
        self.row.months, self.row.rows = len(what.months), what.rows


@contextmanager
def noted() -> Iterator[Note]:
    """Keep a row of the refresh inside the block, which an error finishes with its reason and a death leaves open."""
    row = Refresh.objects.create(started_at=clock.now())
    try:
        yield Note(row)
    except Exception as error:
        said = f"{type(error).__name__}: {error}".splitlines()[0]
        row.finished_at, row.failure = clock.now(), said[:LONGEST_FAILURE]
        row.save()
        raise
    row.finished_at = clock.now()
    row.save()


def newest() -> Refresh | None:
    """Return the last refresh that was begun."""
    return Refresh.objects.first()


def is_held() -> bool:
    """Whether somebody changes the lake at this moment: the lock goes with the process that holds it."""
    with connection.cursor() as cursor:
        cursor.execute(HELD)
        return bool(cursor.fetchone()[0])
