"""The floor under every register page: a searchable list of one noun, its columns declared, read page by page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse

from yilian.kernel.pages.page import Page
from yilian.kernel.registries.words import Words

SHOWN = 50


@dataclass(frozen=True)
class NounColumn:
    """A column: what it says of a row (empty is shown as a dash), and where it leads."""

    title: Words
    text: Callable[[Any], Any]
    address: Callable[[Any], str] | None = None


@dataclass(frozen=True)
class Cell:
    """What one column says of one row."""

    title: str
    text: str
    address: str


class NounList(Page):
    """A list of rows in the order of `key`, a unique column; "-" in front of it means the latest first."""

    template = "registry/nouns.html"
    part = "registry/nouns_part.html"
    columns: tuple[NounColumn, ...] = ()
    key = "pk"
    hint: Words = ""

    def title(self) -> str:
        """Return the heading."""
        raise NotImplementedError

    def rows(self) -> QuerySet[Any]:
        """Return every row that may be listed."""
        raise NotImplementedError

    def matching(self, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        """Return the rows that fit what was typed; asked only where there is a `hint` of what may be."""
        return rows

    def prepare(self, rows: list[Any]) -> None:
        """Add to the rows of this page what their columns want to know, all at once."""

    def path(self) -> list[tuple[str, str]]:
        """Return address and title of the pages above this one, the farthest first."""
        return []

    def facts(self) -> list[tuple[str, Any]]:
        """Return title and value of what stands above the list."""
        return []

    def actions(self) -> list[tuple[str, str]]:
        """Return address and title of what the actor may do here."""
        return []

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        text = request.GET.get("q", "").strip()[:60] if self.hint else ""
        found = self._page(text)
        shown = found[:SHOWN]
        self.prepare(shown)
        context = {
            "title": self.title(),
            "path": self.path(),
            "facts": self.facts(),
            "actions": self.actions(),
            "hint": self.hint,
            "text": text,
            "columns": self.columns,
            "lines": [[_cell(column, row) for column in self.columns] for row in shown],
            "next": getattr(shown[-1], self.key.lstrip("-")) if len(found) > SHOWN else None,
        }
        return self.show(context)

    def _page(self, text: str) -> list[Model]:
        rows = self.rows().order_by(self.key)
        if text:
            rows = self.matching(rows, text)
        after = self.request.GET.get("after", "")[:60]
        if after and (self.key.lstrip("-") != "pk" or (after.isdecimal() and len(after) < 10)):
            bound = f"{self.key.lstrip('-')}__{'lt' if self.key.startswith('-') else 'gt'}"
            rows = rows.filter(**{bound: after})
        return list(rows[: SHOWN + 1])


def _cell(column: NounColumn, row: Any) -> Cell:
    text = column.text(row)
    return Cell(str(column.title), "" if text is None else str(text), column.address(row) if column.address else "")
