"""Rows from outside: every feed is kept as it was accepted, and folded into the months it touches.

A feed is a Parquet file with the columns of its fact and `is_void`. A row with a `row_key` that is known takes the
place of the known one, in whatever month that was; with `is_void` it only takes it away. The names of feeds say their
order: of two rows with one key the later feed's counts. The lake can be made anew from the feeds at any time.
"""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from yilian.kernel.lake.columns import schema_of
from yilian.kernel.lake.duck import duck, listed
from yilian.kernel.lake.fact import Fact, facts
from yilian.kernel.lake.manifest import EMPTY, Manifest, Part
from yilian.kernel.lake.writing import columns_sql, write_empty, write_month

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

FEEDS, VOID = "feeds", "is_void"


def feed_schema(fact: Fact) -> "pa.Schema":
    """Return the columns of a feed of this fact."""
    import pyarrow as pa

    return schema_of(fact).append(pa.field(VOID, pa.bool_()))


def stage(fact: Fact, rows: "pa.Table", key: str, at: Path) -> Path:
    """Keep a feed for the next refresh; the same key again takes its place. Raises OSError."""
    import pyarrow.parquet as pq

    file = _feed_folder(fact, at) / f"{key}.parquet"
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = file.with_name(f".{file.name}")
    pq.write_table(rows.cast(feed_schema(fact)), aside, compression="zstd")
    aside.replace(file)
    return file


def fold(manifest: Manifest, at: Path) -> tuple[Manifest, list[tuple[str, int]], int]:
    """Write the months anew that waiting feeds touch; return the new manifest, these months, and the rows written."""
    changed: list[tuple[str, int]] = []
    rows = 0
    for fact in (fact for fact in facts if fact.is_fed):
        shape = str(schema_of(fact))
        if manifest.shapes.get(fact.key) != shape:
            manifest = _forget(manifest, fact, shape, at)
        if waiting := _waiting(manifest, fact, at):
            manifest, months, written = _fold(manifest, fact, waiting, at)
            changed += [(fact.key, month) for month in months]
            rows += written
    return manifest, changed, rows


def _forget(manifest: Manifest, fact: Fact, shape: str, at: Path) -> Manifest:
    """Return a manifest in which the fact has no rows and all its feeds wait: its files have other columns."""
    write_empty(fact, at)
    kept = tuple(part for part in manifest.parts if part.fact != fact.key)
    fed = frozenset(key for key in manifest.fed if not key.startswith(f"{fact.key}/"))
    return replace(manifest, parts=kept, fed=fed, shapes={**manifest.shapes, fact.key: shape})


def _feed_folder(fact: Fact, at: Path) -> Path:
    return at / FEEDS / fact.key


def _waiting(manifest: Manifest, fact: Fact, at: Path) -> list[Path]:
    """Return the feeds that are not folded in yet, in their order."""
    kept = (file for file in _feed_folder(fact, at).glob("*.parquet") if not file.name.startswith("."))
    return sorted(file for file in kept if _key(fact, file) not in manifest.fed)


def _key(fact: Fact, file: Path) -> str:
    return f"{fact.key}/{file.stem}"


def _fold(manifest: Manifest, fact: Fact, waiting: list[Path], at: Path) -> tuple[Manifest, list[int], int]:
    with duck(at) as connection:
        _read_feeds(connection, fact, waiting, at)
        months = _touched(connection, manifest, fact)
        written = [_written(connection, manifest, fact, month, at) for month in months]
    parts = [part for found in written for part in found]
    fed = manifest.fed | {_key(fact, file) for file in waiting}
    return replace(manifest.with_months(fact.key, months, parts), fed=fed), months, sum(part.rows for part in parts)


def _written(
    connection: "duckdb.DuckDBPyConnection", manifest: Manifest, fact: Fact, month: int, at: Path
) -> list[Part]:
    """Write a month anew: what was fed of it, and of what it held the rows that nothing fed takes the place of."""
    query = f"select {columns_sql(fact)} from fed where month = {month} and not coalesce({VOID}, false)"
    if held := [at / part.file for part in manifest.of(fact.key, month, month)]:
        query += (
            f" union all by name select {columns_sql(fact)} from read_parquet({listed(held)}) old"
            " where not exists (select 1 from fed where fed.row_key = old.row_key)"
        )
    return write_month(connection, fact, month, query, at)


def _read_feeds(connection: "duckdb.DuckDBPyConnection", fact: Fact, waiting: list[Path], at: Path) -> None:
    """Make the table `fed` of the latest row of each key; what an older feed did not know is null."""
    files = listed([at / fact.key / EMPTY, *waiting])
    connection.execute(
        f"create temp table fed as select * from read_parquet({files}, union_by_name=true, filename=true)"
        " qualify row_number() over (partition by row_key order by filename desc) = 1"
    )


def _touched(connection: "duckdb.DuckDBPyConnection", manifest: Manifest, fact: Fact) -> list[int]:
    """Return the months of the fed rows, and of the rows they take the place of."""
    found = connection.execute("select distinct month from fed").fetchall()
    if held := manifest.files(fact.key):
        found += connection.execute(
            f"select distinct old.month from read_parquet({listed(held)}) old"
            f" where old.{fact.feeder} in (select {fact.feeder} from fed) and old.row_key in (select row_key from fed)"
        ).fetchall()
    return sorted({month for (month,) in found})
