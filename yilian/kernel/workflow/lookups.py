"""Where the answers of picker questions come from; the registry floor declares one look-up per kind of noun."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from yilian.kernel.access.actor import Actor
from yilian.kernel.registries import Registry


@dataclass(frozen=True)
class Found:
    """One entry of a picker: what is stored, what is shown, and a grey second line."""

    value: Any
    label: str
    hint: str = ""


@dataclass(frozen=True)
class Lookup:
    """How to search and resolve one kind of answer.

    `search(actor, text, source, context)` returns at most 20 entries by name, pinyin initials or code; `context` holds
    the other answers of the form. `resolve(actor, value, source)` returns the entry of one stored value, or None when
    it does not exist or this actor may not name it. `entry(actor)` returns (address, title) of the form that makes a
    new one and comes back with it, or None when this actor may not.
    """

    key: str
    search: Callable[[Actor, str, str, dict[str, str]], list[Found]]
    resolve: Callable[[Actor, Any, str], Found | None]
    entry: Callable[[Actor], tuple[str, str] | None] | None = None


lookups: Registry[Lookup] = Registry("look-up")
