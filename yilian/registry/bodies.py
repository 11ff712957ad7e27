"""Bodies of a consortium that some domain already keeps on record; the chart of bodies shows them with its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class KnownSeat:
    """Who sits there: the words for the position, the name, and the institution's name if it is known."""

    title: str
    name: str
    place: str = ""


@dataclass(frozen=True)
class KnownBody:
    """A body by its kind (council, office, staff …); `until_on` is the last day of its term, if it has one."""

    kind: str
    name: str = ""
    since_on: date | None = None
    until_on: date | None = None
    seats: tuple[KnownSeat, ...] = ()


sources: list[Callable[[int, date], list[KnownBody]]] = []
"""Functions of a consortium and a day; domains enter theirs."""


def known_bodies(consortium_id: int, on: date) -> dict[str, KnownBody]:
    """Return what the domains have on record, by kind."""
    return {body.kind: body for source in sources for body in source(consortium_id, on)}
