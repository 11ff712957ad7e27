"""Row by row: cells to values, values to rows of the database, and every reason why not."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DataError, IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from yilian.kernel.access.actor import Actor
from yilian.kernel.imports.cells import Cell, CellError
from yilian.kernel.imports.reading import Line
from yilian.kernel.imports.sheet import Column, Saved, Sheet

EVERY = 100
"""Rows between two reports of progress."""


@dataclass
class Outcome:
    """What came of a row: saved, or its faults by place of the column (None: the row as a whole)."""

    line: Line
    saved: Saved | None = None
    faults: dict[int | None, list[str]] = field(default_factory=dict)

    def blame(self, place: int | None, *sentences: str) -> None:
        self.faults.setdefault(place, []).extend(sentences)


class NothingWrittenError(Exception):
    """Carries the outcomes out of a transaction that must leave nothing behind."""


def save_all(
    sheet: Sheet, lines: list[Line], *, by: Actor, is_dry: bool, report: Callable[[int], None] = lambda done: None
) -> list[Outcome]:
    """Save every row or none: with one fault, or in a dry run, nothing is left in the database.

    `report` is told now and then how many rows are done. Errors that no row is to blame for go through.
    """
    outcomes: list[Outcome] = []
    try:
        with transaction.atomic():
            for outcome in _saved(sheet, lines, by):
                outcomes.append(outcome)
                if len(outcomes) % EVERY == 0:
                    report(len(outcomes))
            if is_dry or any(outcome.faults for outcome in outcomes):
                raise NothingWrittenError
            connection.check_constraints()
    except NothingWrittenError:
        pass
    return outcomes


def _saved(sheet: Sheet, lines: list[Line], by: Actor) -> Iterable[Outcome]:
    seen: dict[Any, int] = {}
    for line in lines:
        outcome = Outcome(line)
        values = _values(sheet, line, outcome)
        _tell_apart(sheet, values, outcome, seen)
        if not outcome.faults:
            _save(sheet, values, outcome, by)
        yield outcome


def _values(sheet: Sheet, line: Line, outcome: Outcome) -> dict[str, Any]:
    """Return the values of the filled cells by column name; empty cells are left out."""
    values: dict[str, Any] = {}
    for place, (column, cell) in enumerate(zip(sheet.columns, line.cells, strict=True)):
        if place in line.formulas:
            outcome.blame(place, _("单元格是公式，请改为数值后再上传"))
        elif isinstance(cell, str) and not cell.strip():
            if column.required:
                outcome.blame(place, _("必填"))
        else:
            _parse(column, cell, place, values, outcome)
    return values


def _parse(column: Column, cell: Cell, place: int, values: dict[str, Any], outcome: Outcome) -> None:
    try:
        values[column.name] = column.parse(cell)
    except CellError as fault:
        outcome.blame(place, str(fault))


def _tell_apart(sheet: Sheet, values: dict[str, Any], outcome: Outcome, seen: dict[Any, int]) -> None:
    for key in sheet.keys_of(values):
        mark = (key, tuple(values[name] for name in key))
        if mark in seen:
            place = next(place for place, column in enumerate(sheet.columns) if column.name == key[-1])
            outcome.blame(place, _("与第%(number)s行重复") % {"number": seen[mark]})
        else:
            seen[mark] = outcome.line.number


def _save(sheet: Sheet, values: dict[str, Any], outcome: Outcome, by: Actor) -> None:
    try:
        with transaction.atomic():
            outcome.saved = sheet.save(values, by)
    except ValidationError as refused:
        places = {column.name: place for place, column in enumerate(sheet.columns)}
        for name, sentences in _by_name(refused).items():
            outcome.blame(places.get(name), *sentences)
    except (IntegrityError, DataError):
        outcome.blame(None, _("与已登记的数据冲突，请核对编号是否重复"))


def _by_name(refused: ValidationError) -> dict[str, list[str]]:
    return refused.message_dict if hasattr(refused, "error_dict") else {NON_FIELD_ERRORS: refused.messages}
