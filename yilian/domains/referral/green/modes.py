"""Which consortia are in emergency mode now; asked at every sending, so it is answered from memory."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from yilian.kernel import clock
from yilian.kernel.almanac.keeping import kept


@dataclass(frozen=True)
class Mode:
    """An emergency mode: of which consortium, from when until when, and what its case is called."""

    consortium_id: int
    on_at: datetime
    until_at: datetime
    case_id: UUID
    number: str
    reason: str


def modes_on(at: datetime | None = None) -> list[Mode]:
    """Return the modes in force at a moment (now): each ends at its hour, whether the clock has been there or not."""
    moment = at or clock.now()
    return [mode for mode in _switched_on() if mode.on_at <= moment < mode.until_at]


def mode_of(consortia: Iterable[int], at: datetime | None = None) -> Mode | None:
    """Return the mode of one of these consortia that is in force, or None."""
    wanted = set(consortia)
    return next((mode for mode in modes_on(at) if mode.consortium_id in wanted), None)


@kept
def _switched_on() -> tuple[Mode, ...]:
    with connection.cursor() as cursor:
        cursor.execute("select consortium_id, on_at, until_at, case_id, number, reason from emergency_modes()")
        return tuple(Mode(*row) for row in cursor.fetchall())
