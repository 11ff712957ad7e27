"""PostgreSQL to Parquet, the way a refresh copies a fact: rows for each second of processor time, database included."""

import shutil
from argparse import Namespace
from functools import partial
from typing import TYPE_CHECKING, Any

from bench.lake.spending import cheapest
from bench.lake.tables import as_table, tables

if TYPE_CHECKING:
    from yilian.kernel.lake.fact import Fact

AIM = 350_000
"""Rows for each second of processor time, of rows with 21 columns."""
NARROW = (
    "patient", "visit_type", "start_at", "end_at", "los", "sex", "age", "home", "diagnosis", "surgery_level", "insured",
    "cost", "drug", "paid", "hai", "adverse", "died",
)  # fmt: skip
"""With institution, month, row_key and consortium 21 columns, as those that the aim was measured with."""


def extract(chosen: Namespace) -> dict[str, Any]:
    """Copy the encounters of the last months: 21 columns of them, and all."""
    whole = as_table("encounter")
    facts = {"narrow": _narrow(whole), "whole": whole}
    with tables(chosen) as servers:
        found = {name: _copied(chosen, fact, servers) for name, fact in facts.items()}
    rate = found["narrow"]["rows_per_cpu_second"]
    return {**found, "aim": AIM, "is_met": rate >= AIM, "words": f"{rate:,} rows for a second of processor time"}


def _narrow(fact: "Fact") -> "Fact":
    from dataclasses import replace

    return replace(fact, columns=tuple(fact.column(name) for name in NARROW))


def _copied(chosen: Namespace, fact: "Fact", servers: list[int]) -> dict[str, Any]:
    from yilian.kernel.lake.columns import schema_of

    rows, cost = cheapest(partial(_copy, chosen, fact), chosen.rounds, servers)
    rate = round(rows / max(cost["cpu_seconds"], 0.01))
    return {"rows": rows, "columns": len(schema_of(fact)), **cost, "rows_per_cpu_second": rate}


def _copy(chosen: Namespace, fact: "Fact") -> int:
    from yilian.kernel.lake import source as sources
    from yilian.kernel.lake.writing import write_stream

    at = chosen.home / "extract"
    shutil.rmtree(at, ignore_errors=True)
    at.mkdir()
    with sources.opened() as source:
        source.begin()
        with source.rows_of(fact, None) as rows:
            parts = write_stream(fact, rows, at)
    shutil.rmtree(at)
    return sum(part.rows for part in parts)
