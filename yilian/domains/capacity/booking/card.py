"""The card of a case with the place it holds, those it held, and why it was put off."""

from typing import Any

from yilian.domains.capacity.models import Booking, Delay
from yilian.kernel import rows
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.models import Case


def booking_card(case: Case, actor: Actor) -> dict[str, Any] | None:
    """Return bookings and delays, the newest first; None while there are none."""
    bookings = rows.where(Booking, "case_id = %s order by id desc", [case.pk])
    delays = rows.where(Delay, "case_id = %s order by id desc", [case.pk])
    return {"bookings": bookings, "delays": delays} if bookings or delays else None
