"""What rows say for the rules of places."""

from datetime import date
from typing import Any

from yilian.domains.capacity.booking.reserving import is_kept_from, spelled
from yilian.domains.capacity.models import Place
from yilian.kernel import clock


def _place(key: Any) -> Place | None:
    return Place.objects.select_related("resource__department").filter(pk=key).first() if key else None


def kept_until(case: Any, key: Any) -> str:
    """Return the place and until when it is kept from this case; "" when it is not."""
    place = _place(key)
    if place is None or not is_kept_from(place, case, clock.now()):
        return ""
    return f"{spelled(place)} → {clock.local(place.quota_until):%m-%d %H:%M}"


def is_over(key: Any) -> str:
    """Return the place when its time has passed or it was taken off; "" otherwise."""
    place = _place(key)
    if place is None or (place.is_on and (place.starts_at is None or place.starts_at > clock.now())):
        return ""
    return spelled(place)


def today() -> date:
    return clock.today()
