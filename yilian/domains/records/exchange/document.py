"""A clinical document as plain values: what every writer writes and every reader returns."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True)
class Person:
    """The patient. `key` is the platform's own; `numbers` are (kind of identity document, number); `place` is where
    it was read."""

    name: str = ""
    sex: str = "0"
    birth_on: date | None = None
    key: UUID | None = None
    numbers: tuple[tuple[str, str], ...] = ()
    place: str = field(default="", compare=False)


@dataclass(frozen=True)
class House:
    """The institution that wrote it, with the numbers by which others know it; empty where it has none."""

    name: str = ""
    unified_code: str = ""
    licence_number: str = ""


@dataclass(frozen=True)
class Value:
    """A measured or stated value: a number with its range, or a text."""

    name: str
    code: str = ""
    number: Decimal | None = None
    text: str = ""
    unit: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    flag: str = ""
    place: str = field(default="", compare=False)


@dataclass(frozen=True)
class Attached:
    """A file; without `content` it is only named, and lies at `url`."""

    name: str
    content_type: str
    size: int
    sha256: str
    content: bytes | None = None
    url: str = ""


@dataclass(frozen=True)
class Document:
    """One version of a document. `identifier` and `replaces` are URIs (urn:uuid:…); `sections` are (key, text)."""

    identifier: str
    kind: str
    title: str
    patient: Person
    house: House
    practitioner: str
    effective_at: datetime
    issued_at: datetime
    department: str = ""
    number: str = ""
    status: str = "final"
    sections: tuple[tuple[str, str], ...] = ()
    values: tuple[Value, ...] = ()
    files: tuple[Attached, ...] = ()
    replaces: str = ""
