"""Storing results of a run: what is covered is replaced, so that running again changes nothing."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any, NamedTuple

from django.db import connection

BATCH = 20_000
STORE = """select indicators_keep(%s::text[], %s::int[], %s::int[], %s::date[], %s::smallint[], %s::bigint[],
  %s::bigint[], %s::numeric[], %s::bytea[], %s::timestamptz)"""
FORGET = "select indicators_forget(%s::text[], %s::int[], %s::date[], %s::smallint[], %s::timestamptz)"


class Result(NamedTuple):
    """One number to keep; see `models.Measured` for the columns. There may be a million of them at once."""

    key: str
    institution_id: int | None
    consortium_id: int | None
    month: date
    part: int | None
    whole: int | None
    digest: bytes
    months: int = 1
    value: Decimal | None = None


def store(
    results: Iterable[Result],
    *,
    covers: Collection[str],
    months: Collection[date],
    lengths: Collection[int] = (1,),
    consortia: Collection[int] | None = None,
    at: datetime,
) -> int:
    """Keep results; return how many. Of the indicators in `covers`, older ones of these months and lengths go.

    With `consortia` only those of these consortia go. Harmless when done twice or by two at once.
    """
    stored, rows = 0, iter(results)
    with connection.cursor() as cursor:
        for batch in _batches(rows):
            cursor.execute(STORE, [*map(list, zip(*map(_columns, batch), strict=True)), at])
            stored += int(cursor.fetchone()[0])
        kept = None if consortia is None else list(consortia)
        cursor.execute(FORGET, [list(covers), kept, list(months), list(lengths), at])
    return stored


def _batches(rows: Iterator[Result]) -> Iterator[list[Result]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _columns(row: Result) -> tuple[Any, ...]:
    return (
        row.key, row.institution_id, row.consortium_id, row.month, row.months, row.part, row.whole, row.value,
        row.digest,
    )  # fmt: skip
