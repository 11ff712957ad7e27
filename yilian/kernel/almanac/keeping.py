"""Keeps answers of functions between requests, as long as the epoch of the watched tables stands.

A scope reads the epoch when it opens; within it a kept function answers from memory. Outside a scope, and in a
transaction that has written to a watched table, every question goes to the database.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from functools import wraps
from threading import local
from typing import Any, TypeVar

from django.db import connection

Answer = TypeVar("Answer")
MOST = 50_000
"""Answers kept by one process; beyond that it begins anew."""

Stamp = tuple[str, int]


class _Store:
    """The answers of one epoch of one database; replaced as a whole, never emptied."""

    def __init__(self, stamp: Stamp | None = None) -> None:
        self.stamp = stamp
        self.answers: dict[Hashable, Any] = {}

    def is_beyond(self, stamp: Stamp) -> bool:
        """Say whether these answers are of a later epoch of the same database."""
        return self.stamp is not None and self.stamp[0] == stamp[0] and self.stamp[1] > stamp[1]


class _Reading(local):
    """The epoch this thread has read in its transaction, or None; and answers of its own, inside `settled`."""

    stamp: Stamp | None = None
    own: _Store | None = None


_store = _Store()
_reading = _Reading()


@contextmanager
def reading(epoch: int | None) -> Iterator[None]:
    """Trust answers of this epoch inside the block; None trusts none. Once distrusted, the block around stays so."""
    before = _reading.stamp
    _reading.stamp = None if epoch is None else (connection.settings_dict["NAME"], epoch)
    try:
        yield
    finally:
        _reading.stamp = before if _reading.stamp or before is None else None


@contextmanager
def settled() -> Iterator[None]:
    """Keep answers for this block alone, in a transaction that has written what they are about and is done with it.

    For loaders. A writer of the registry inside the block empties what was kept.
    """
    _reading.own = _Store()
    try:
        yield
    finally:
        _reading.own = None


def distrust() -> None:
    """Say that this transaction has written to a watched table: from here on it asks the database."""
    _reading.stamp = None
    if _reading.own:
        _reading.own = _Store()


def kept(ask: Callable[..., Answer]) -> Callable[..., Answer]:
    """Let a function answer from memory. Its arguments are hashable; its answer is shared, so nobody changes it."""
    name = f"{ask.__module__}.{ask.__qualname__}"

    @wraps(ask)
    def answer(*asked: Hashable) -> Answer:
        store = _reading.own or _store_for(_reading.stamp)
        if store is None:
            return ask(*asked)
        question = (name, *asked)
        if question not in store.answers:
            store.answers[question] = ask(*asked)
        return store.answers[question]

    return answer


def _store_for(stamp: Stamp | None) -> _Store | None:
    """Return the answers of this epoch, made new when it is the first to see it; None when it is behind another's."""
    global _store  # noqa: PLW0603 - one memory for the threads of a process
    if stamp is None or _store.is_beyond(stamp):
        return None
    if _store.stamp != stamp or len(_store.answers) >= MOST:
        _store = _Store(stamp)
    return _store
