"""Facts: rows that indicators count, each declared once with its columns, wherever the rows are kept (docs/adr/0160).

A fact with a view is read from PostgreSQL and copied into the lake; a fact without one is fed straight into the lake.
Every row has `month`, the month of service as yyyymm, and `row_key`, its identity within the fact.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Choices

from yilian.kernel.registries import Registry
from yilian.kernel.registries.words import Words


class Kind(StrEnum):
    """What a column holds. Engines agree on these; there are no floats and no moments with a time zone."""

    INT = "int"
    BOOL = "bool"
    CODE = "code"
    """Text of ASCII characters; the words for it are in `Column.choices` or in a code system."""
    DATE = "date"
    MOMENT = "moment"
    """A moment as the clocks of the installation show it, without a time zone."""
    IDENTITY = "identity"
    """An opaque whole number of 64 bits that only says "the same again": of a patient, of a case."""


ALWAYS = ("month", "row_key", "consortium", "row_age")
"""Columns of every view besides those declared: month int, row_key text, consortium int or null, and how many
transactions ago the row was last written, as PostgreSQL's age() counts."""


def words_of(choices: type[Choices]) -> dict[str, Words]:
    """Return the words of a closed list by its codes, as `Column.choices` wants them."""
    return {str(code): title for code, title in choices.choices}


class UnknownColumnError(KeyError):
    """The fact has no such column."""


@dataclass(frozen=True)
class Column:
    """One thing known of each row, or null where nobody knows it. Money is INT in fen; `title` says the unit."""

    name: str
    kind: Kind
    title: Words
    help: Words = ""
    choices: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True)
class Fact:
    """Rows of one kind. `institutions` names the columns (institution keys) at which a row may be counted.

    `view` is the PostgreSQL view with the declared columns and those of ALWAYS; without one the fact is fed. A fact
    that `describes_institutions` has one row for each, in month 0, and is joined to others by its institution column.
    `opens` gives the address where the row with this `row_key` is shown. `readers` are the roles that may read the rows
    which their own institution fed; nobody may where none is named (docs/adr/0240).
    """

    key: str
    title: Words
    columns: tuple[Column, ...]
    institutions: Mapping[str, Words]
    view: str = ""
    help: Words = ""
    opens: Callable[[str], str | None] | None = None
    describes_institutions: bool = False
    readers: tuple[str, ...] = ()

    @property
    def feeder(self) -> str:
        """The column of the institution that feeds the row: the first of its institutions."""
        return next(iter(self.institutions))

    @property
    def is_fed(self) -> bool:
        """Whether the rows come from outside and live in the lake only."""
        return not self.view

    def column(self, name: str) -> Column:
        """Return the column of this name; raise UnknownColumnError when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise UnknownColumnError(f"no column {name!r} in {self.key!r}; known: {', '.join(self.names)}")

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the declared columns, in their order."""
        return tuple(column.name for column in self.columns)


facts: Registry[Fact] = Registry("fact")
