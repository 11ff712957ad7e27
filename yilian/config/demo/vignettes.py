"""Invented illnesses of the demo's patients: what a form would say of them."""

import csv
from dataclasses import dataclass, fields
from importlib import resources
from typing import Any


@dataclass(frozen=True)
class Vignette:
    """An illness with its ICD-10 code, urgency (1-3), ward (specialty code) and the texts of the forms."""

    code: str
    impression: str
    priority: int
    ward: str
    reason: str
    present: str
    past: str
    treatment: str
    found: str
    given: str
    plan: str
    pulse: int
    systolic: int
    youngest: int
    oldest: int


def _read(line: dict[str, str]) -> Vignette:
    values: dict[str, Any] = {part.name: line[part.name] for part in fields(Vignette)}
    return Vignette(**values | {part.name: int(line[part.name]) for part in fields(Vignette) if part.type is int})


VIGNETTES = tuple(
    _read(line)
    for line in csv.DictReader(
        resources.files(__package__).joinpath("vignettes.csv").read_text(encoding="utf-8").splitlines()
    )
)
