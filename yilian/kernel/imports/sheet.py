"""What a workbook for import looks like: columns with Chinese headers, and what is done with each row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.utils import translation
from django.utils.functional import Promise

from yilian.kernel.access.actor import Actor
from yilian.kernel.imports.cells import Cell, text
from yilian.kernel.registries import Registry


class Saved(StrEnum):
    """What saving a row came to."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Column:
    """One column: `parse` turns a cell into a value or raises CellError with a sentence.

    `choices` are offered as a list in the template, `example` stands in its explanations.
    """

    header: str | Promise
    name: str
    parse: Callable[[Cell], Any] = field(default_factory=text)
    required: bool = False
    help: str | Promise = ""
    choices: tuple[str, ...] = ()
    example: str = ""

    @cached_property
    def heading(self) -> str:
        """The header as it stands in the workbook: Chinese, whatever the reader's language."""
        with translation.override("zh-hans"):
            return str(self.header)


@dataclass(frozen=True)
class Sheet:
    """A kind of import.

    `save(values, actor)` writes one row and says what came of it; it raises ValidationError, whose fields are names of
    columns. It must be idempotent on the natural keys: each of `keys` names columns by which rows are told apart. Two
    rows of one file that agree in a key, all its cells filled, are refused. `roles` may import it, if
    `admits` agrees.
    """

    key: str
    title: str | Promise
    columns: tuple[Column, ...]
    save: Callable[[Mapping[str, Any], Actor], Saved]
    keys: tuple[tuple[str, ...], ...]
    roles: tuple[str, ...] = ("registrar", "admin")
    help: str | Promise = ""
    admits: Callable[[Actor], bool] = Actor.may

    def is_for(self, actor: Actor) -> bool:
        """Say whether the actor may import this sheet."""
        return actor.may(*self.roles) and self.admits(actor)

    def keys_of(self, values: Mapping[str, Any]) -> list[tuple[str, ...]]:
        """Return the keys whose cells are all filled in this row."""
        return [key for key in self.keys if all(values.get(name) not in (None, "") for name in key)]


sheets: Registry[Sheet] = Registry("import sheet")
