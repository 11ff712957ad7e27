"""Checking that the lake says what the database says: files whole, and for each month the same counts and sums."""

from dataclasses import dataclass
from pathlib import Path

from yilian.kernel.lake import source as sources
from yilian.kernel.lake.duck import duck, listed
from yilian.kernel.lake.fact import Column, Fact, Kind
from yilian.kernel.lake.manifest import Manifest, folder, read_manifest
from yilian.kernel.lake.refreshing import oldest_change, views
from yilian.kernel.lake.source import Source

PG_SUM = {
    Kind.INT: 'sum("{0}")',
    Kind.IDENTITY: 'sum("{0}")',
    Kind.BOOL: 'count(*) filter (where "{0}")',
    Kind.CODE: 'sum(length("{0}"))',
    Kind.DATE: "sum(\"{0}\" - date '1970-01-01')",
    Kind.MOMENT: 'sum((extract(epoch from "{0}") * 1000000)::bigint)',
}
DUCK_SUM = PG_SUM | {Kind.MOMENT: 'sum(epoch_us("{0}"))'}


@dataclass(frozen=True)
class Difference:
    """A month of a fact that is not as it should be; `columns` are those whose counts or sums differ."""

    fact: str
    month: int
    columns: tuple[str, ...] = ()
    is_broken_file: bool = False


def check(*, wait: bool = True, at: Path | None = None) -> list[Difference]:
    """Compare the lake with the database and its own manifest; months that wait for the next refresh are left out.

    Raises LakeBusyError, BrokenManifestError, and errors of the database.
    """
    at = at or folder()
    with sources.opened() as source:
        source.hold(wait=wait)
        held = read_manifest(at)
        broken = broken_files(held)
        position = source.begin()
        oldest = oldest_change(source, held, position)
        if oldest is None:
            return broken
        spoilt = {(one.fact, one.month) for one in broken}
        found = [one for fact in views() for one in _compare(source, fact, held, oldest, spoilt)]
        return [*broken, *found]


def broken_files(held: Manifest) -> list[Difference]:
    """Return the months whose files are missing or not as long as they were written."""
    return [
        Difference(part.fact, part.month, is_broken_file=True)
        for part in held.parts
        if not (file := held.folder / part.file).is_file() or file.stat().st_size != part.size
    ]


def _compare(source: Source, fact: Fact, held: Manifest, oldest: int, spoilt: set[tuple[str, int]]) -> list[Difference]:
    """Compare the months that did not change since the last refresh and whose files are whole."""
    waiting = {month.month for month in source.months_of(fact) if month.youngest <= oldest}
    left_out = waiting | {month for key, month in spoilt if key == fact.key}
    theirs = {row.pop("month"): row for row in source.table(_sums(fact, PG_SUM, f"from {fact.view}"))}
    ours = _sums_of_files(fact, held, left_out)
    return [
        Difference(fact.key, month, tuple(_differing(theirs.get(month, {}), ours.get(month, {}))))
        for month in sorted((set(theirs) | set(ours)) - left_out)
        if theirs.get(month) != ours.get(month)
    ]


def _sums_of_files(fact: Fact, held: Manifest, left_out: set[int]) -> dict[int, dict[str, str]]:
    files = [held.folder / part.file for part in held.of(fact.key) if part.month not in left_out]
    if not files:
        return {}
    with duck(held.folder) as connection:
        rows = connection.execute(_sums(fact, DUCK_SUM, f"from read_parquet({listed(files)})"))
        names = [column[0] for column in rows.description or ()]
        found = [dict(zip(names, row, strict=True)) for row in rows.fetchall()]
    return {row.pop("month"): row for row in found}


def _sums(fact: Fact, ways: dict[Kind, str], source: str) -> str:
    """Return the statement of the counts and sums of every column by month, as texts: they may pass 64 bits."""
    places = [Column(name, Kind.INT, "") for name in fact.institutions]
    sums = [
        f'concat_ws(\'/\', count("{column.name}"), {ways[column.kind].format(column.name)}) as "{column.name}"'
        for column in (*places, *fact.columns)
    ]
    return f"select month, count(*)::text as rows, {', '.join(sums)} {source} group by month"


def _differing(theirs: dict[str, str], ours: dict[str, str]) -> list[str]:
    return [name for name in (theirs or ours) if theirs.get(name) != ours.get(name)]
