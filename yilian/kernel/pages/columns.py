"""Columns of lists and exports: which there are, which this person wants, and what each cell shows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.kernel.pages.person_words import age, sex_title
from yilian.kernel.registries.keys import moment_of
from yilian.kernel.workflow.case_type import CaseType, Column
from yilian.kernel.workflow.queries import Row

Parties = dict[UUID, list[tuple[int, int, str]]]
NUMBER = Column("number", gettext_lazy("编号"), "number")
TITLE = Column("title", gettext_lazy("标题"))
STATE = Column("state", gettext_lazy("状态"), "state")
SINCE = Column("since", gettext_lazy("状态更新"), "datetime")
DUE = Column("due", gettext_lazy("办理时限"), "datetime", shown=False)
OPENED = Column("opened_at", gettext_lazy("发起时间"), "datetime", shown=False)
CLIPPED = frozenset(["text", "institution", "code"])


@dataclass(frozen=True)
class Cell:
    """One cell: its words, the tone of its tag if it is one, and the class it is drawn with."""

    column: Column
    text: str
    tone: str = ""
    hint: str = ""

    @property
    def is_clipped(self) -> bool:
        """Whether a long text is cut and shown whole when one points at it."""
        return self.column.kind in CLIPPED

    @property
    def is_link(self) -> bool:
        return self.column.name == "number"


def columns_of(case_type: CaseType) -> list[Column]:
    """Return every column of a case type: its own, and those that every list has."""
    own = list(case_type.columns) or [TITLE]
    names = {column.name for column in own}
    front = [] if "number" in names else [NUMBER]
    back = [column for column in (STATE, SINCE, DUE, OPENED) if column.name not in names]
    return [*front, *own, *back]


def cookie_of(case_type: CaseType) -> str:
    return f"columns.{case_type.key}"


def chosen(case_type: CaseType, request: HttpRequest) -> list[Column]:
    """Return the columns this person wants to see, in the order of the case type; the number is always there."""
    wish = set(filter(None, request.COOKIES.get(cookie_of(case_type), "").split(".")))
    found = [
        column
        for column in columns_of(case_type)
        if column.name == "number" or (column.name.replace(":", "-") in wish if wish else column.shown)
    ]
    return found


class Reader:
    """Turns rows into cells; titles are translated once for all rows."""

    def __init__(self, case_type: CaseType, columns: Iterable[Column], parties: Parties) -> None:
        self.case_type, self.columns, self.parties = case_type, list(columns), parties
        self.zone, self.comma = timezone.get_current_timezone(), _("、")
        self.readers = [self._reader(column) for column in self.columns]

    def cells(self, row: Row) -> list[Cell]:
        """Return the cells of one row."""
        return [read(row) for read in self.readers]

    def _reader(self, column: Column) -> Callable[[Row], Cell]:
        """Return what makes the cell of this column from a row; what all rows share is made here, once."""
        if column.kind == "state":
            states = {str(key): Cell(column, str(title), tone) for key, (title, tone) in self.case_type.states.items()}
            return lambda row: states[row["state"]]
        if column.kind == "priority":
            known = {number: Cell(column, str(title), tone) for number, title, tone in self.case_type.priorities}
            return lambda row: known.get(row["priority"], Cell(column, ""))
        if column.kind == "marks":
            kind = self.case_type
            return lambda row: next((Cell(column, *mark) for mark in kind.marks_of(row["flags"])), Cell(column, ""))
        text = self._text(column)
        if column.kind == "patient":
            return lambda row: _person(column, row) if row.get("patient_label") else Cell(column, text(row))
        return lambda row: Cell(column, text(row))

    def _text(self, column: Column) -> Callable[[Row], str]:
        name = column.name
        if name.startswith("side:"):
            code = self.case_type.side(name.removeprefix("side:")).code
            return lambda row: self.comma.join(
                who for side, _id, who in self.parties.get(row["id"], []) if side == code
            )
        if name == "opened_at":
            return lambda row: self._plain(moment_of(row["id"]))
        if column.kind == "month":
            return lambda row: f"{row[name]:%Y-%m}" if row.get(name) else ""
        label, named, choices = f"{name}_label", f"{name}_name", _choices(self.case_type, name)

        def text(row: Row) -> str:
            if known := row.get(label) or row.get(named):
                return str(known)
            value = row.get(name)
            return choices.get(value, value) if isinstance(value, str) else self._plain(value)

        return text

    def _plain(self, value: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, bool):
            return _("是") if value else _("否")
        if isinstance(value, datetime):
            return value.astimezone(self.zone).replace(tzinfo=None).isoformat(" ", "minutes")
        return value.isoformat() if isinstance(value, date) else str(value)


def _person(column: Column, row: Row) -> Cell:
    words = (sex_title(row["patient_sex"]), age(row["patient_birth_on"]))
    return Cell(column, str(row["patient_label"]), hint=" ".join(filter(None, words)))


def _choices(case_type: CaseType, name: str) -> dict[str, str]:
    """Return the titles of the choices of a column: those of the model's field, else of the question of this name."""
    field = next((field for field in case_type.model._meta.local_fields if field.name == name), None)
    ask = case_type.ask(name)
    choices: Any = (field.choices if field is not None else None) or (ask.choices if ask else ())
    return {str(value): str(title) for value, title in choices}
