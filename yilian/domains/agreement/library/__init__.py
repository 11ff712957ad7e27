"""Templates and clauses that an agreement is drafted from: data files, paraphrased from S0 and S4."""

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
LEAD, PARTNER = "lead", "partner"
"""Stand-ins in the terms of the library: the drafter, and its first partner."""


@dataclass(frozen=True)
class Pattern:
    """A clause of the library; `source` is the address of its article below /regulations/."""

    key: str
    kind: str
    title: str
    source: str
    terms: Mapping[str, Any]
    text: str


@dataclass(frozen=True)
class Template:
    """An agreement to begin with: its clauses in order, and the kinds of consortium it is meant for (none: all)."""

    key: str
    title: str
    kinds: tuple[str, ...]
    clauses: tuple[Pattern, ...]


@cache
def patterns() -> dict[str, Pattern]:
    """Return every clause of the library by its key."""
    return {
        row["key"]: Pattern(row["key"], row["kind"], row["title"], row["source"], json.loads(row["terms"]), row["text"])
        for row in _rows("clauses.csv")
    }


@cache
def templates() -> dict[str, Template]:
    """Return every template by its key; raises KeyError for a clause that the library does not hold."""
    known = patterns()
    return {
        row["key"]: Template(
            row["key"], row["title"], tuple(row["kinds"].split()), tuple(known[key] for key in row["clauses"].split())
        )
        for row in _rows("templates.csv")
    }


def filled(pattern: Pattern, drafter: int, partners: list[int]) -> dict[str, Any]:
    """Return the terms of a clause with the institutions it speaks of; one nobody knows yet stays open."""
    names = {LEAD: drafter, PARTNER: partners[0] if partners else None}
    return {
        name: names[value] if name in ("provider", "institution") and value in names else value
        for name, value in pattern.terms.items()
    }


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
