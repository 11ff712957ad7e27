"""Computing the waits of every service: once a night, institution by institution, each as its own wall shows it."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.db import connection
from django.utils.translation import gettext as _

from yilian.domains.capacity.models import Service, Wait
from yilian.domains.capacity.parameters import WAIT_FEWEST, WAIT_MONTHS
from yilian.domains.capacity.waiting.clocks import CLOCKS, LOOKED_BACK_DAYS
from yilian.kernel import clock
from yilian.kernel.access.actor import system_actor
from yilian.kernel.access.scope import scope
from yilian.kernel.clock.periods import Period, add_months
from yilian.kernel.registries.keys import bounds
from yilian.kernel.rules.values import value_of

Row = tuple[int, int, list[float] | None, int, list[float] | None]
"""A service with the count, and median and ninth decile, of either clock."""
TENTH = Decimal("0.1")
KEPT = ("since_on", "until_on", "computed_at", "offer_count", "offer_median", "offer_most", "arrival_count",
        "arrival_median", "arrival_most")  # fmt: skip


def compute_all() -> int:
    """Compute the waits of every institution that offers services, and return of how many services."""
    places = Service.objects.order_by("institution").values_list("institution_id", flat=True).distinct()
    return sum(compute_waits(place) for place in places)


def compute_waits(institution_id: int) -> int:
    """Compute and keep the waits of the services of one institution, and return of how many.

    The period ends yesterday; its months and the fewest cases that say anything are parameters.
    """
    today = clock.today()
    months, fewest = (int(value_of(key, institution_id)) for key in (WAIT_MONTHS, WAIT_FEWEST))
    period = Period(add_months(today, -months), today - timedelta(days=1))
    with scope(system_actor(_("系统"), institution_id)):
        found = _measured(institution_id, period)
        Wait.objects.bulk_create(
            [_wait(row, period, fewest) for row in found],
            update_conflicts=True, unique_fields=["service"], update_fields=KEPT,
        )  # fmt: skip
    return len(found)


def _measured(institution_id: int, period: Period) -> list[Row]:
    oldest = bounds(period.start_at - timedelta(days=LOOKED_BACK_DAYS), period.end_at)[0]
    asked = {"here": institution_id, "oldest": oldest, "since": period.start_at, "until": period.end_at}
    with connection.cursor() as cursor:
        cursor.execute(CLOCKS, asked)
        return cursor.fetchall()


def _wait(row: Row, period: Period, fewest: int) -> Wait:
    service_id, offers, offer, arrivals, arrival = row
    median, most = _shown(offer if offers >= fewest else None)
    to_arrive, most_to_arrive = _shown(arrival if arrivals >= fewest else None)
    return Wait(
        service_id=service_id, since_on=period.first, until_on=period.last, computed_at=clock.now(),
        offer_count=offers, offer_median=median, offer_most=most,
        arrival_count=arrivals, arrival_median=to_arrive, arrival_most=most_to_arrive,
    )  # fmt: skip


def _shown(found: Sequence[float] | None) -> tuple[Decimal | None, Decimal | None]:
    """Return median and ninth decile to a tenth of a day; None where nothing is known."""
    if found is None:
        return None, None
    median, most = (Decimal(str(days)).quantize(TENTH, ROUND_HALF_UP) for days in found)
    return median, most
