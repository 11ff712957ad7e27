"""What the founding and the renewals of a consortium say of its bodies: council, office, managing body, centres."""

from datetime import date

from yilian.domains.alliance.models import Council, Foundation
from yilian.registry.bodies import KnownBody, KnownSeat, sources


def known(consortium_id: int, on: date) -> list[KnownBody]:
    """Return the council whose term is the latest begun, and the bodies that the foundation names."""
    return [*_council(consortium_id, on), *_founded(consortium_id)]


def _council(consortium_id: int, on: date) -> list[KnownBody]:
    rows = Council.objects.filter(consortium=consortium_id, since_on__lte=on).prefetch_related("seats__institution")
    council = rows.order_by("-term").first()
    if council is None:
        return []
    seats = tuple(
        KnownSeat(seat.get_position_display(), seat.name, str(seat.institution or "")) for seat in council.seats.all()
    )
    return [KnownBody("council", "", council.since_on, council.until_on, seats)]


def _founded(consortium_id: int) -> list[KnownBody]:
    foundation = Foundation.objects.filter(consortium=consortium_id).first()
    if foundation is None:
        return []
    found = [KnownBody(centre) for centre in foundation.centres]
    if foundation.secretariat:
        found.append(KnownBody("office", foundation.secretariat))
    if foundation.management_body:
        found.append(KnownBody("committee", foundation.management_body))
    return found


def declare() -> None:
    """Let the chart of bodies show these."""
    sources.append(known)
