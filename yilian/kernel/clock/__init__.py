"""The one source of now and today, so that tests and data loaders can stand at another moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """Return the present moment, aware of its time zone."""
    return _moment.get() or timezone.now()


def today() -> date:
    """Return the present day in the time zone of the installation."""
    return timezone.localtime(now()).date()


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Let `now` and `today` answer with this (aware) moment inside the block."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)


def local(moment: datetime) -> datetime:
    """Return a moment in the time zone of the installation."""
    return timezone.localtime(moment)
