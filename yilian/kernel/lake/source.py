"""PostgreSQL as the lake reads it: everything in one snapshot, as the owner, so that row security cuts nothing off.

Which rows changed is read from their `xmin`, which PostgreSQL keeps anyway: no trigger, no column, no cost to whoever
writes (docs/adr/0160). Only the worker and the console open a source.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from django.db import connections

from yilian.kernel.lake.columns import schema_of
from yilian.kernel.lake.fact import Fact

if TYPE_CHECKING:
    import pyarrow as pa

LOCK = "hashtext('yilian lake')"
WRAP = 2**32
TOO_OLD = 2**31 - 10**6
"""As many transactions ago a 32-bit `xmin` could mean either side of the watermark: then everything is read anew."""


class LakeBusyError(RuntimeError):
    """Somebody else is changing the lake."""


@dataclass(frozen=True)
class Position:
    """Where a snapshot stands: of which database, and the first transaction that it may not see whole."""

    source: str
    watermark: int


@dataclass(frozen=True)
class Month:
    """What a view holds of a month: rows, and how many transactions ago the newest of them was written."""

    month: int
    rows: int
    youngest: int


class Source:
    """One connection as the owner: it holds the lake's lock until it is closed, and one snapshot at a time."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def hold(self, *, wait: bool) -> None:
        """Take the lock of the lake; raise LakeBusyError when it is held and we are not to wait."""
        if wait:
            self._ask(f"select pg_advisory_lock({LOCK})::text as held")
        elif not self._ask(f"select pg_try_advisory_lock({LOCK}) as held")[0]["held"]:
            raise LakeBusyError("the lake is being changed by another process")

    def begin(self) -> Position:
        """Look at one moment from now on, whatever is written meanwhile; return where it stands.

        The server may not end it for being silent: folding in what was fed takes minutes.
        """
        self.connection.rollback()
        self._run("set transaction isolation level repeatable read, read only")
        self._run("set local idle_in_transaction_session_timeout = 0")
        (row,) = self._ask(
            "select (select system_identifier from pg_control_system()) || '/' ||"
            " (select timeline_id from pg_control_checkpoint()) || '/' || oid as source,"
            " pg_snapshot_xmin(pg_current_snapshot())::text::bigint as watermark"
            " from pg_database where datname = current_database()"
        )
        return Position(**row)

    def age_of(self, transaction: int) -> int:
        """Return how many transactions ago this one was, as age() counts it in this snapshot."""
        return self._ask(f"select age('{transaction % WRAP}'::xid) as age")[0]["age"]

    def months_of(self, fact: Fact) -> list[Month]:
        """Return the months of a fact."""
        rows = self._ask(
            f"select month, count(*) as rows, min(row_age) as youngest from {fact.view} group by month order by month"
        )
        return [Month(**row) for row in rows]

    def shape_of(self, fact: Fact) -> str:
        """Return a digest of how the view is defined: another one, other rows."""
        return self._ask(f"select md5(pg_get_viewdef('{fact.view}'::regclass)) as shape")[0]["shape"]

    @contextmanager
    def rows_of(self, fact: Fact, months: list[int] | None) -> Iterator["pa.RecordBatchReader"]:
        """Give the rows of these months (None: of all) as a stream of Arrow batches, to be read inside the block."""
        names = ", ".join(f'"{name}"' for name in schema_of(fact).names)
        among = "" if months is None else f" where month in ({', '.join(map(str, months))})"
        with self.connection.cursor() as cursor:
            cursor.execute(f"select {names} from {fact.view}{among}")
            yield cursor.fetch_record_batch()

    def table(self, statement: str) -> list[dict[str, Any]]:
        """Return the rows of a statement."""
        return self._ask(statement)

    def _ask(self, statement: str) -> list[dict[str, Any]]:
        with self.connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetch_arrow_table().to_pylist()

    def _run(self, statement: str) -> None:
        with self.connection.cursor() as cursor:
            cursor.executescript(statement)


@contextmanager
def opened() -> Iterator[Source]:
    """Give a source; closing it ends its snapshot and lets go of the lock, as does the death of the process."""
    import adbc_driver_postgresql.dbapi as adbc

    connection = adbc.connect(_address())
    try:
        yield Source(connection)
    finally:
        connection.close()


def _address() -> str:
    """Return the address of the owner's database in the words of libpq."""
    place = connections["owner"].settings_dict
    rest = urlencode(
        {"host": place["HOST"], "port": place["PORT"]} | _options(place.get("OPTIONS", {})), quote_via=quote
    )
    return f"postgresql://{quote(place['USER'])}:{quote(place['PASSWORD'])}@/{quote(place['NAME'])}?{rest}"


def _options(options: dict[str, Any]) -> dict[str, str]:
    return {name: value for name, value in options.items() if name.startswith("ssl") and isinstance(value, str)}
