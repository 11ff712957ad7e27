"""The same 21 numbers by DuckDB, by PostgreSQL and by pandas, one after the other in one run."""

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from bench.lake.counting import COMPARABLE, asked, digest, editions_of, lake_of, last_months, questions_of
from bench.lake.spending import cheapest
from bench.lake.tables import FACTS, as_table, tables

if TYPE_CHECKING:
    from yilian.kernel.indicators.engines.question import Engine, Question


def rivals(chosen: Namespace) -> dict[str, Any]:
    """Count with each; return the costs, how many times that of DuckDB they are, and whether all said the same."""
    from bench.lake.panda import PandasEngine
    from yilian.kernel.indicators.engines.duck import DuckEngine
    from yilian.kernel.indicators.engines.postgres import PostgresEngine

    held, questions = lake_of(chosen), questions_of(editions_of(COMPARABLE), last_months(chosen.months))
    with tables(chosen) as servers:
        found = {
            "duckdb": _asked(DuckEngine(held), questions, chosen.rounds),
            "postgresql": _asked(PostgresEngine("owner"), _over_tables(questions), chosen.rounds, servers),
            "pandas": _asked(PandasEngine(held), questions, chosen.rounds),
        }
    least = max(found["duckdb"]["cpu_seconds"], 0.01)
    ratios = {name: round(cost["cpu_seconds"] / least, 1) for name, cost in found.items()}
    agree = len({cost["digest"] for cost in found.values()}) == 1
    said = ", ".join(f"{name} {ratio}" for name, ratio in ratios.items())
    return {**found, "cpu_ratios": ratios, "agree": agree, "words": f"processor time: {said}; agree: {agree}"}


def _asked(
    engine: "Engine", questions: Sequence["Question"], rounds: int, servers: Sequence[int] = ()
) -> dict[str, Any]:
    found, cost = cheapest(partial(asked, engine, questions), rounds, servers)
    return {"version": engine.version, **cost, "digest": digest(found)}


def _over_tables(questions: Sequence["Question"]) -> list["Question"]:
    here = {key: as_table(key) for key in FACTS}
    return [replace(question, fact=here[question.fact.key]) for question in questions]
