"""What a workbook for import looks like: columns with Chinese headers, and what is done with each row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.utils import translation

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

    header: str
    name: str
    parse: Callable[[Cell], Any] = field(default_factory=text)
    required: bool = False
    help: str = ""
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
    columns. It must be idempotent on `natural_key`: names of columns by which rows are told apart (two rows of one
    file with equal keys are refused; rows whose key is all empty are not compared). `roles` may import it.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    save: Callable[[Mapping[str, Any], Actor], Saved]
    natural_key: tuple[str, ...]
    roles: tuple[str, ...] = ("registrar", "admin")
    help: str = ""

    def key_of(self, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """Return what tells this row apart, or None when nothing does."""
        key = tuple(values.get(name) for name in self.natural_key)
        return key if any(part not in (None, "") for part in key) else None


sheets: Registry[Sheet] = Registry("import sheet")
