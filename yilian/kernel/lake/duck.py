"""DuckDB as the lake uses it: bounded in memory, spilling beside the lake, never reaching out to the network."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

MEMORY, THREADS = "1GB", 2


@contextmanager
def duck(spill: Path, *, threads: int = THREADS) -> Iterator["duckdb.DuckDBPyConnection"]:
    """Give a DuckDB in memory that spills into a folder; it is closed at the end."""
    connection = hatched(spill, threads=threads)
    try:
        yield connection
    finally:
        connection.close()


def hatched(spill: Path, *, threads: int = THREADS) -> "duckdb.DuckDBPyConnection":
    """Return a DuckDB in memory that spills into a folder; whoever asks for it keeps and closes it."""
    import duckdb

    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": MEMORY,
        "threads": threads,
        "temp_directory": str(spill / ".spill"),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "preserve_insertion_order": False,
    }
    return duckdb.connect(config=config)


def give_numbers(
    connection: "duckdb.DuckDBPyConnection", table: str, names: Sequence[str], rows: Iterable[Sequence[int]]
) -> None:
    """Make a table of whole numbers, in the place of one of this name."""
    columns = list(map(list, zip(*rows, strict=True))) or [[] for _name in names]
    connection.execute(f"create or replace table {table} ({', '.join(f'{name} int' for name in names)})")
    connection.execute(f"insert into {table} select {', '.join(['unnest(?)'] * len(names))}", columns)


def quoted(path: Path | str) -> str:
    """Return a path as a text of SQL."""
    return "'" + str(path).replace("'", "''") + "'"


def listed(files: list[Path]) -> str:
    """Return files as the list that read_parquet takes."""
    return "[" + ", ".join(map(quoted, files)) + "]"
