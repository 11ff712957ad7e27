"""The 21 numbers by a cluster of Spark on this machine, or by one that is there already."""

import tempfile
from argparse import Namespace
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.lake.counting import COMPARABLE, asked, digest, editions_of, lake_of, last_months, questions_of
from bench.lake.spending import cheapest, spent

if TYPE_CHECKING:
    from collections.abc import Iterator

MEMORY = 2000
"""MiB for the driver and for each of two executors."""


def spark(chosen: Namespace) -> dict[str, Any]:
    """Count by the cluster; return what it cost, the first round with what a young machine of Java has to compile."""
    from yilian.kernel.indicators.engines.duck import DuckEngine
    from yilian.kernel.indicators.engines.spark import SparkEngine

    held, questions = lake_of(chosen), questions_of(editions_of(COMPARABLE), last_months(chosen.months))
    ours = digest(asked(DuckEngine(held), questions))
    with _cluster(chosen.spark) as (address, servers):
        engine = SparkEngine(address, held)
        version, starting = spent(lambda: engine.version, servers)
        found, cost = cheapest(partial(asked, engine, questions), chosen.rounds, servers)
    said = f"{cost['wall_seconds']} s, {cost['cpu_seconds']} s of processor time"
    agree = digest(found) == ours
    return {"version": version, "first_session": starting, **cost, "agrees_with_duckdb": agree, "words": said}


@contextmanager
def _cluster(address: str) -> "Iterator[tuple[str, list[int]]]":
    """Give a cluster: that at the address, of which only the time is seen, or one that is started for the while."""
    from bench.cluster import running

    if address:
        yield address, []
        return
    with tempfile.TemporaryDirectory(prefix="bench-spark-") as folder, running(Path(folder), memory=MEMORY) as there:
        yield there
