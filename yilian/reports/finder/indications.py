"""The indications for going down beside one patient: which are met, which are not, and which nobody has judged."""

from dataclasses import dataclass
from typing import Any

from yilian.domains.capacity import api as capacity


@dataclass(frozen=True)
class Judged:
    """An indication and the latest word on it; `is_met` None means that nobody has judged it."""

    id: int
    condition: str
    is_confirmed: bool
    is_met: bool | None
    mark: dict[str, Any] | None


def judged(institution_id: int, stay: dict[str, Any]) -> list[Judged]:
    """Return those in use that are meant for the diagnosis or for all, and any other on which somebody spoke."""
    marks, diagnosis = dict(stay["marks"]), stay["diagnosis"]
    found = []
    for row in capacity.down_indications(institution_id):
        mark = marks.pop(row["id"], None)
        is_for = not row["diagnoses"] or any(diagnosis.startswith(code) for code in row["diagnoses"])
        if is_for or mark:
            found.append(Judged(row["id"], row["condition"], row["is_confirmed"], _met(mark), mark))
    return found + [Judged(key, mark["condition"], False, _met(mark), mark) for key, mark in marks.items()]


def _met(mark: dict[str, Any] | None) -> bool | None:
    return mark["is_met"] if mark else None
