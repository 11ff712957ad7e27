"""The side menu: what each part of the system adds to it, and what of it this person uses."""

from collections.abc import Callable
from dataclasses import dataclass

from yilian.kernel.access.actor import Actor
from yilian.kernel.registries import Registry
from yilian.kernel.registries.words import Words


@dataclass(frozen=True)
class Entry:
    """One line of the menu.

    `address` is a path; `roles` names who uses it (none: everyone); `badge` counts what waits there;
    `shown` decides further. `order` sorts inside its group, `group` is the heading.
    """

    key: str
    title: Words
    address: str
    icon: str
    group: Words = ""
    order: int = 50
    roles: tuple[str, ...] = ()
    badge: Callable[[Actor], int] | None = None
    shown: Callable[[Actor], bool] | None = None
    on_phone: bool = False

    def is_for(self, actor: Actor) -> bool:
        """Say whether this actor uses the entry."""
        return (not self.roles or actor.may(*self.roles)) and (self.shown is None or self.shown(actor))


@dataclass(frozen=True)
class Line:
    """An entry as one person sees it now."""

    entry: Entry
    is_current: bool
    count: int

    @property
    def is_counted(self) -> bool:
        """Whether pages that keep up show a number here, be it none yet (a template would call the badge)."""
        return self.entry.badge is not None


entries: Registry[Entry] = Registry("menu entry")
add = entries.add
sources: list[Callable[[Actor], list[Entry]]] = []
"""Functions that give further entries, such as one for each case type."""


def lines_for(actor: Actor, path: str) -> list[Line]:
    """Return the lines this actor uses; the entry with the longest address that begins the path is current."""
    used = [entry for entry in entries if entry.is_for(actor)]
    used += [entry for source in sources for entry in source(actor)]
    beginnings = [entry.address for entry in used if _begins(entry.address, path)]
    current = max(beginnings, key=len, default="")
    return [Line(entry, entry.address == current, entry.badge(actor) if entry.badge else 0) for entry in used]


def _begins(address: str, path: str) -> bool:
    return path == address if address == "/" else path.startswith(address)


def grouped(lines: list[Line]) -> list[tuple[str, list[Line]]]:
    """Return the lines under their headings, in their order; a heading stands where its first line does."""
    groups: dict[str, list[Line]] = {}
    for line in sorted(lines, key=lambda line: line.entry.order):
        groups.setdefault(str(line.entry.group), []).append(line)
    return list(groups.items())
