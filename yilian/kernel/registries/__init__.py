"""A list of declarations filled at import time and read everywhere."""

from collections.abc import Iterator
from typing import Generic, Protocol, TypeVar


class Declared(Protocol):
    """Anything with a key can be declared."""

    @property
    def key(self) -> str: ...


T = TypeVar("T", bound=Declared)


class DuplicateKeyError(ValueError):
    """Two declarations share one key."""


class UnknownKeyError(KeyError):
    """Nothing was declared under this key."""


class Registry(Generic[T]):
    """Declarations by key, in the order in which they were added."""

    def __init__(self, what: str) -> None:
        self.what = what
        self._items: dict[str, T] = {}

    def add(self, item: T) -> T:
        """Declare an item; raise DuplicateKeyError if its key is taken."""
        if item.key in self._items:
            raise DuplicateKeyError(f"{self.what} {item.key!r} is declared twice")
        self._items[item.key] = item
        return item

    def __getitem__(self, key: str) -> T:
        try:
            return self._items[key]
        except KeyError:
            raise UnknownKeyError(f"no {self.what} {key!r}; known: {', '.join(self._items)}") from None

    def get(self, key: str) -> T | None:
        return self._items.get(key)

    def __contains__(self, key: object) -> bool:
        return key in self._items

    def __iter__(self) -> Iterator[T]:
        return iter(self._items.values())

    def __len__(self) -> int:
        return len(self._items)
