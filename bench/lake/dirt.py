"""One month of 36 is corrected: folded into the lake, then counted again."""

from argparse import Namespace
from functools import partial
from typing import TYPE_CHECKING, Any

from bench.lake.counting import count, ground_of, lake_of, last_months, shipped, works_of
from bench.lake.spending import spent

if TYPE_CHECKING:
    from yilian.kernel.indicators.planning import Work
    from yilian.kernel.lake.manifest import Manifest

CORRECTED = 500
FACT = "encounter"


def dirty(chosen: Namespace) -> dict[str, Any]:
    """Correct 500 encounters of the last month; return what folding them in and counting the month again cost.

    `month` counts the month alone; `longer_spans` the quarter, half year and year it lies in, which only different
    people need. What was written is removed again.
    """
    from yilian.kernel.indicators.engines.duck import DuckEngine
    from yilian.kernel.indicators.spans import LENGTHS

    held = lake_of(chosen)
    (month,) = last_months(1)
    feed = _feed(held, month)
    try:
        (manifest, changed, written), folding = spent(partial(_folded, held))
        engine, on = DuckEngine(manifest), ground_of(manifest)
        works = [work for work in works_of(shipped(), [month], LENGTHS) if work.fact.key == FACT]
        numbers, month_cost = spent(lambda: count(engine, on, _spans(works, {1})))
        more, longer = spent(lambda: count(engine, on, _spans(works, set(LENGTHS[1:]))))
    finally:
        feed.unlink()
    _remove_new(held, manifest)
    whole = {name: round(folding[name] + month_cost[name], 2) for name in folding}
    return {
        "months_written": [month for _fact, month in changed], "rows_written": written, "indicators": len(works),
        "numbers": numbers + more, "folding": folding, "month": month_cost, "longer_spans": longer, **whole,
        "words": f"{whole['wall_seconds']} s, {longer['wall_seconds']} s more for longer spans",
    }  # fmt: skip


def _feed(held: "Manifest", month: int) -> Any:
    """Keep a feed of rows of a month with another cost each."""
    import duckdb
    import pyarrow as pa

    from yilian.kernel.lake.duck import listed
    from yilian.kernel.lake.fact import facts
    from yilian.kernel.lake.feeding import stage

    files = [held.folder / part.file for part in held.of(FACT, month, month)]
    rows = duckdb.sql(
        f"select * replace (cost + 1 as cost), false as is_void from read_parquet({listed(files)}) limit {CORRECTED}"
    ).to_arrow_table()
    assert isinstance(rows, pa.Table)
    return stage(facts[FACT], rows, "bench", held.folder)


def _folded(held: "Manifest") -> tuple["Manifest", list[tuple[str, int]], int]:
    from yilian.kernel.lake.feeding import fold

    return fold(held, held.folder)


def _spans(works: list["Work"], lengths: set[int]) -> list["Work"]:
    """Return the works with the spans of these lengths alone."""
    from dataclasses import replace

    kept = [replace(work, spans={span: stamp for span, stamp in work.spans.items() if span[1] in lengths})
            for work in works]  # fmt: skip
    return [work for work in kept if work.spans]


def _remove_new(held: "Manifest", manifest: "Manifest") -> None:
    for part in {part.file for part in manifest.parts} - {part.file for part in held.parts}:
        (held.folder / part).unlink()
