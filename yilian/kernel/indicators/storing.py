"""Storing results of a run: what is covered is replaced, so that running again changes nothing."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection

STORE = "select indicators_store({})"
CASTS = (
    "text[]", "int[]", "int[]", "date[]", "smallint[]", "bigint[]", "bigint[]", "numeric[]", "bytea[]",
    "text[]", "date[]", "timestamptz",
)  # fmt: skip


@dataclass(frozen=True)
class Result:
    """One number to keep; see `models.Measured` for the columns."""

    key: str
    institution_id: int | None
    consortium_id: int | None
    month: date
    part: int | None
    whole: int | None
    digest: bytes
    months: int = 1
    value: Decimal | None = None


def store(results: Iterable[Result], *, covers: Collection[str], months: Collection[date], at: datetime) -> int:
    """Keep results; return how many. Of the indicators in `covers`, older ones of these months and spans go.

    Harmless when done twice or by two at once.
    """
    rows = list(results)
    columns: list[Any] = [
        [row.key for row in rows], [row.institution_id for row in rows], [row.consortium_id for row in rows],
        [row.month for row in rows], [row.months for row in rows], [row.part for row in rows],
        [row.whole for row in rows], [row.value for row in rows], [row.digest for row in rows],
        list(covers), list(months), at,
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(STORE.format(", ".join(f"%s::{cast}" for cast in CASTS)), columns)
        return int(cursor.fetchone()[0])
