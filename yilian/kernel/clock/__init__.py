"""The one source of now and today, so that tests and data loaders can stand at another moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """Return the present moment, aware of its time zone."""
    return _moment.get() or timezone.now()


def today() -> date:
    """Return the present day in the time zone of the installation."""
    return timezone.localtime(now()).date()


class NoSuchMomentError(ValueError):
    """Clocks here never showed this: they were put forward over it."""


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


def shown(wall: datetime) -> datetime:
    """Return the moment at which clocks here show this (naive) time, the earlier one if they show it twice.

    Raises NoSuchMomentError for an hour that was left out when clocks were put forward.
    """
    moment = timezone.make_aware(wall)
    if timezone.localtime(moment.astimezone(UTC)).replace(tzinfo=None) != wall:
        raise NoSuchMomentError(f"{wall:%Y-%m-%d %H:%M}")
    return moment


def after(moment: datetime, length: timedelta) -> datetime:
    """Return the moment when so much time has passed, whatever clocks were put to meanwhile.

    Python adds to a moment of a named zone what clocks show, not what passes: 24 hours would be 23 or 25 there.
    """
    return timezone.localtime(moment.astimezone(UTC) + length)
