"""What an editable copy of a paper says, read from the values it was issued with: paragraphs, no layout."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Style(StrEnum):
    """How a paragraph is set (GB/T 9704): body text, or a heading of the first or second order."""

    BODY = "body"
    HEADING = "heading"
    SUBHEADING = "subheading"


@dataclass(frozen=True)
class Line:
    """One paragraph, and the drawing (SVG) under it, which the text describes."""

    text: str
    style: Style = Style.BODY
    drawing: str = ""


@dataclass(frozen=True)
class Place:
    """Where a party signs and seals: its name, who signed, and the day (ISO)."""

    name: str
    signer: str = ""
    day: str = ""


@dataclass(frozen=True)
class Manuscript:
    """A paper without its layout.

    `facts` are label and value of a table before the text. `places` are those who sign below each other's name; none
    means that the issuer alone signs. `note` stands under the title.
    """

    title: str
    lines: tuple[Line, ...]
    to: str = ""
    note: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    attached: tuple[str, ...] = ()
    copies: str = ""
    contact: str = ""
    places: tuple[Place, ...] = ()
    has_head: bool = True


def letter(data: Mapping[str, Any]) -> Manuscript:
    """Read the values of a letter: title, to, body, attached, copies, contact.

    A paragraph of the body is a text, or {"text": …, "heading": bool}.
    """
    return Manuscript(
        title=data["title"],
        lines=lines_of(data["body"]),
        to=data.get("to") or "",
        attached=tuple(data.get("attached") or ()),
        copies=data.get("copies") or "",
        contact=data.get("contact") or "",
    )


def lines_of(body: Iterable[str | Mapping[str, Any]]) -> tuple[Line, ...]:
    """Return the paragraphs of a letter's body."""
    found = []
    for one in body:
        if isinstance(one, str):
            found.append(Line(one))
        else:
            found.append(Line(one["text"], Style.HEADING if one.get("heading") else Style.BODY))
    return tuple(found)
