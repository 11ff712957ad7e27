"""Declared questions as fields of a page: what is filled in, what may be chosen, and what the browser sent back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from yilian.kernel.access.actor import Actor
from yilian.kernel.documents.sniffing import accept
from yilian.kernel.rules.reasons import reasons
from yilian.kernel.workflow.flow import SEVERAL, Ask
from yilian.kernel.workflow.lookups import lookups

LISTED = frozenset(["choice", "choices", "reason"])
PICKED = frozenset(
    ["institution", "department", "practitioner", "patient", "consortium", "code", "region", "pick", *SEVERAL]
)
WIDE = frozenset(["longtext", "choices", "patient", *SEVERAL])
SPARE_ROWS = 1
MOST_ROWS = 200


@dataclass(frozen=True)
class Option:
    """One choice; `wants_comment` marks a reason that must be explained."""

    value: str
    title: str
    is_chosen: bool = False
    wants_comment: bool = False


@dataclass(frozen=True)
class Field:
    """A question as the page shows it: `value` for typed answers, `options` for chosen ones.

    `when` says under which other answers it shows; `entry` is (address, title) of where a new row is made.
    """

    ask: Ask
    value: str = ""
    options: tuple[Option, ...] = ()
    error: str = ""
    rows: tuple[tuple["Field", ...], ...] = ()
    name: str = ""
    when: str = ""
    entry: tuple[str, str] | None = None

    @property
    def id(self) -> str:
        return f"ask-{self.name or self.ask.name}"

    @property
    def input_name(self) -> str:
        """The name the browser sends; a column of a table carries the table and its row."""
        return self.name or self.ask.name

    @property
    def accept(self) -> str:
        """The endings a file may have."""
        return accept()

    @property
    def is_picked(self) -> bool:
        return self.ask.kind in PICKED

    @property
    def is_listed(self) -> bool:
        return self.ask.kind in LISTED

    @property
    def takes_several(self) -> bool:
        return self.ask.kind in SEVERAL or self.ask.kind == "choices"

    @property
    def is_wide(self) -> bool:
        return self.ask.kind in WIDE

    @property
    def is_full(self) -> bool:
        return self.ask.kind == "rows"

    @property
    def pick_kind(self) -> str:
        """The look-up that answers this picker."""
        return self.ask.lookup

    @property
    def is_checked(self) -> bool:
        return self.value in ("true", "on")

    @property
    def within(self) -> str:
        """The questions whose answers narrow this picker (the departments of the chosen institution)."""
        return self.ask.source if self.ask.kind in ("department", "practitioner") else " ".join(self.ask.beside)


@dataclass
class Section:
    """Questions under one heading."""

    title: str
    fields: list[Field] = field(default_factory=list)

    @property
    def id(self) -> str:
        return f"section-{self.fields[0].ask.name}"


def fields_of(
    asks: Iterable[Ask], actor: Actor, given: Mapping[str, Any], errors: Mapping[str, str], *, side: str | None = None
) -> list[Field]:
    """Return the fields of some questions, filled with what was `given` (values, or strings sent before)."""
    found = []
    for ask in asks:
        raw = given.get(ask.name, ask.initial)
        item = _field(ask, actor, raw, errors.get(ask.name, ""), side)
        found.append(replace(item, when=ask.when or (ask.shown(actor) if ask.shown else ""), entry=_entry(ask, actor)))
    return found


def _entry(ask: Ask, actor: Actor) -> tuple[str, str] | None:
    """Return where the actor may enter what the picker does not find."""
    made = lookups[ask.lookup].entry if ask.kind in PICKED else None
    return made(actor) if made else None


def sections_of(fields: Iterable[Field], first_title: str) -> list[Section]:
    """Group fields by the section their question names; questions without one come under `first_title`."""
    found: dict[str, Section] = {}
    for item in fields:
        title = str(item.ask.section or first_title)
        found.setdefault(title, Section(title)).fields.append(item)
    return list(found.values())


def sent(asks: Iterable[Ask], data: QueryDict) -> dict[str, Any]:
    """Return the raw answers of a submitted form; a box that is not ticked says no."""
    raw: dict[str, Any] = {}
    for ask in asks:
        if ask.kind == "bool":
            raw[ask.name] = ask.name in data
        elif ask.kind == "rows":
            raw[ask.name] = _sent_rows(ask, data)
        elif ask.kind in SEVERAL or ask.kind == "choices":
            raw[ask.name] = [one for one in data.getlist(ask.name) if one]
        elif ask.name in data:
            raw[ask.name] = data.get(ask.name, "")
    return raw


def _sent_rows(ask: Ask, data: QueryDict) -> list[dict[str, Any]]:
    """Return the rows of a table: the browser sends `name.row.column`, rows in the order in which they stand."""
    numbers: dict[str, None] = {}
    for key in data:
        name, _dot, rest = key.partition(".")
        if name == ask.name and "." in rest and len(numbers) < MOST_ROWS:
            numbers[rest.partition(".")[0]] = None
    return [_sent_row(ask, data, f"{ask.name}.{number}.") for number in numbers]


def _sent_row(ask: Ask, data: QueryDict, prefix: str) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for column in ask.asks:
        key = prefix + column.name
        if column.kind == "bool":
            row[column.name] = True if key in data else None
        elif key in data:
            row[column.name] = data.get(key, "")
    return row


def _field(ask: Ask, actor: Actor, raw: Any, error: str, side: str | None, name: str = "") -> Field:
    raw = raw(actor) if callable(raw) else raw
    if ask.kind == "rows":
        return Field(ask, rows=_rows(ask, actor, raw or []), error=error)
    if ask.kind in LISTED:
        return Field(ask, options=_listed(ask, _strings(raw), side), error=error, name=name)
    if ask.kind in PICKED:
        return Field(ask, options=_picked(ask, actor, _strings(raw)), error=error, name=name)
    return Field(ask, value=_typed(raw), error=error, name=name)


def _rows(ask: Ask, actor: Actor, given: list[Mapping[str, Any]]) -> tuple[tuple[Field, ...], ...]:
    """Return the rows of a table as fields: those given, spare ones, and last the pattern of a further one."""
    numbers = [*map(str, range(len(given) + SPARE_ROWS)), "new"]
    values = [*given, *({} for _spare in range(SPARE_ROWS + 1))]
    return tuple(
        tuple(_field(column, actor, row.get(column.name), "", None, f"{ask.name}.{number}.{column.name}")
              for column in ask.asks)
        for number, row in zip(numbers, values, strict=True)
    )  # fmt: skip


def _listed(ask: Ask, chosen: list[str], side: str | None) -> tuple[Option, ...]:
    if ask.kind == "reason":
        rows = reasons(ask.source, side)
        return tuple(Option(row.code, str(row.label), row.code in chosen, row.comment_required) for row in rows)
    return tuple(Option(str(value), str(title), str(value) in chosen) for value, title in ask.choices)


def _picked(ask: Ask, actor: Actor, chosen: list[str]) -> tuple[Option, ...]:
    resolved = [lookups[ask.lookup].resolve(actor, value, ask.source) for value in chosen]
    return tuple(Option(str(found.value), found.label, True) for found in resolved if found is not None)


def _strings(raw: Any) -> list[str]:
    if raw in (None, "", [], ()):
        return []
    return [str(one) for one in raw] if isinstance(raw, list | tuple) else [str(raw)]


def _typed(raw: Any) -> str:
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "true" if raw else ""
    if isinstance(raw, datetime):
        return timezone.localtime(raw).strftime("%Y-%m-%d %H:%M") if timezone.is_aware(raw) else str(raw)[:16]
    return raw.isoformat() if isinstance(raw, date) else str(raw)


def complaint(errors: Mapping[str, str]) -> str:
    """Return the sentence above a form with errors."""
    return _("有 {count} 处需要修改").format(count=len(errors))
