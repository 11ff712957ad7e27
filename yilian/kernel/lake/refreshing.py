"""Bringing the lake up to the database: only months in which something changed are written anew (docs/adr/0161).

Everything is read in one snapshot under one lock, and the manifest with the new watermark is replaced last, so that a
refresh that dies leaves the old lake, and the next one finds the same changes again.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from yilian.kernel import clock
from yilian.kernel.lake import source as sources
from yilian.kernel.lake.fact import Fact, facts
from yilian.kernel.lake.feeding import fold
from yilian.kernel.lake.manifest import Manifest, Part, folder, read_manifest, write_manifest
from yilian.kernel.lake.source import TOO_OLD, Month, Position, Source
from yilian.kernel.lake.sweeping import sweep
from yilian.kernel.lake.writing import write_empty, write_stream


@dataclass(frozen=True)
class Refreshed:
    """What a refresh did: months written anew or gone, as (fact, month), and how many rows were written."""

    months: tuple[tuple[str, int], ...]
    rows: int


def refresh(*, wait: bool = True, at: Path | None = None) -> Refreshed:
    """Write the months anew in which rows changed, came or went since the last refresh, and fold in what was fed.

    Raises LakeBusyError, BrokenManifestError, adbc errors of the database and OSError.
    """
    at = at or folder()
    with sources.opened() as source:
        source.hold(wait=wait)
        return _refresh(source, read_manifest(at), at)


def rebuild(*, wait: bool = True, at: Path | None = None) -> Refreshed:
    """Write everything anew, from the database and from the feeds that were kept, as if the lake had never been."""
    at = at or folder()
    with sources.opened() as source:
        source.hold(wait=wait)
        return _refresh(source, Manifest(folder=at), at)


def views() -> list[Fact]:
    """Return the facts that are copied from the database."""
    return [fact for fact in facts if not fact.is_fed]


def _refresh(source: Source, held: Manifest, at: Path) -> Refreshed:
    at.mkdir(parents=True, exist_ok=True)
    position = source.begin()
    oldest = oldest_change(source, held, position)
    manifest, changed, rows = fold(held, at)
    for fact in views():
        new, months, shape = _renew(source, fact, held, oldest, at)
        manifest = manifest.with_months(fact.key, months, new)
        manifest = replace(manifest, shapes={**manifest.shapes, fact.key: shape})
        changed += [(fact.key, month) for month in months]
        rows += sum(part.rows for part in new)
    manifest = replace(
        manifest, watermark=position.watermark, source=position.source, refreshed_at=clock.now(), folder=at
    )
    write_manifest(manifest)
    sweep(at, keep=(held, manifest))
    return Refreshed(tuple(changed), rows)


def oldest_change(source: Source, held: Manifest, position: Position) -> int | None:
    """Return how many transactions ago the watermark lies; None when all must be read: it says nothing of this source.

    A database that was restored or moved counts its transactions anew.
    """
    if not held.watermark or held.source != position.source or held.watermark > position.watermark:
        return None
    return None if position.watermark - held.watermark > TOO_OLD else source.age_of(held.watermark)


def _renew(
    source: Source, fact: Fact, held: Manifest, oldest: int | None, at: Path
) -> tuple[list[Part], list[int], str]:
    """Write the changed months of one fact; return their parts, all months that changed, and the shape of the rows."""
    shape = source.shape_of(fact)
    is_whole = oldest is None or held.shapes.get(fact.key) != shape
    if is_whole:
        write_empty(fact, at)
    there = source.months_of(fact)
    had = rows_by_month(held, fact)
    changed = [month.month for month in there if is_whole or _is_changed(month, had, oldest, fact)]
    gone = sorted(set(had) - {month.month for month in there})
    if not changed:
        return [], gone, shape
    asked = None if len(changed) == len(there) else changed
    with source.rows_of(fact, asked) as rows:
        return write_stream(fact, rows, at), [*changed, *gone], shape


def _is_changed(month: Month, had: dict[int, int], oldest: int | None, fact: Fact) -> bool:
    """Say whether rows of the month changed, came or went; a row that went leaves nothing but a smaller count."""
    return oldest is None or month.youngest <= oldest or had.get(month.month) != month.rows


def rows_by_month(manifest: Manifest, fact: Fact) -> dict[int, int]:
    """Return how many rows of a fact the lake holds of each month."""
    counts: dict[int, int] = {}
    for part in manifest.of(fact.key):
        counts[part.month] = counts.get(part.month, 0) + part.rows
    return counts
