"""Writing Parquet files of the lake: new files beside the old ones, named by nobody until a manifest does."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yilian.kernel.lake.columns import schema_of
from yilian.kernel.lake.duck import duck, quoted
from yilian.kernel.lake.fact import Fact
from yilian.kernel.lake.manifest import EMPTY, Part

if TYPE_CHECKING:
    import duckdb

ROWS_IN_GROUP = 122_880
MOST_ALIKE = 5_000
"""Different values in a group of rows beyond which a column is no longer tried as a dictionary, in vain mostly."""
FORMAT = (
    "format parquet, parquet_version v2, compression zstd, compression_level 1,"
    f" dictionary_size_limit {MOST_ALIKE}, row_group_size {ROWS_IN_GROUP}"
)
"""What is written with two thirds of the work, smaller, and read faster than by the usual settings (docs/adr/0210)."""
SQL_TYPES = {
    "int32": "integer", "int64": "bigint", "bool": "boolean", "string": "varchar", "date32[day]": "date",
    "timestamp[us]": "timestamp",
}  # fmt: skip


def columns_sql(fact: Fact) -> str:
    """Return the columns of a fact, each cast to what its files hold, for a SELECT in DuckDB."""
    fields = [(field.name, SQL_TYPES[str(field.type)]) for field in schema_of(fact)]
    return ", ".join(f'"{name}"::{kind} as "{name}"' for name, kind in fields)


def write_stream(fact: Fact, rows: Any, at: Path) -> list[Part]:
    """Write a stream of Arrow batches, split by month; return the parts in the order of their months."""
    with duck(at, threads=1) as connection:  # with more, each thread writes a file of its own for each month
        connection.register("incoming", rows)
        return write_query(connection, fact, f"select {columns_sql(fact)} from incoming", at)


def write_query(connection: "duckdb.DuckDBPyConnection", fact: Fact, query: str, at: Path) -> list[Part]:
    """Write what a query of DuckDB returns, split by month; return the parts in the order of their months."""
    token = secrets.token_hex(6)
    with _aside(at, token) as folder:
        connection.execute(
            f"copy ({query}) to {quoted(folder)} ({FORMAT}, partition_by (month), write_partition_columns true)"
        )
        found = {int(file.parent.name.partition("=")[2]): file for file in folder.glob("month=*/*.parquet")}
        return [_settle(fact, found[month], month, token, at) for month in sorted(found)]


def write_month(connection: "duckdb.DuckDBPyConnection", fact: Fact, month: int, query: str, at: Path) -> list[Part]:
    """Write what a query of DuckDB returns, all of it of one month, with all threads; no rows make no part."""
    token = secrets.token_hex(6)
    with _aside(at, token) as folder:
        file = folder / "month.parquet"
        connection.execute(f"copy ({query}) to {quoted(file)} ({FORMAT})")
        part = _settle(fact, file, month, token, at)
    if part.rows:
        return [part]
    (at / part.file).unlink()
    return []


def write_empty(fact: Fact, at: Path) -> None:
    """Write the file without rows that stands for months the lake knows nothing of."""
    import pyarrow.parquet as pq

    folder = at / fact.key
    folder.mkdir(parents=True, exist_ok=True)
    aside = folder / f".{EMPTY}"
    pq.write_table(schema_of(fact).empty_table(), aside)
    aside.replace(folder / EMPTY)


@contextmanager
def _aside(at: Path, token: str) -> Iterator[Path]:
    folder = at / f".new-{token}"
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _settle(fact: Fact, file: Path, month: int, token: str, at: Path) -> Part:
    """Move a finished file to where it stays."""
    import pyarrow.parquet as pq

    rows = pq.read_metadata(file).num_rows
    name = f"{fact.key}/{month}-{token}.parquet"
    (at / fact.key).mkdir(parents=True, exist_ok=True)
    _reach_disk(file)
    size = file.stat().st_size
    file.replace(at / name)
    return Part(fact.key, month, name, rows, size)


def _reach_disk(file: Path) -> None:
    handle = os.open(file, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
