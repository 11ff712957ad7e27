"""Writing bodies and seats, and reading who sits in them on a day."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from yilian.domains.governance.models.body import Body, BodyKind, Seat
from yilian.domains.governance.parameters import TERM_YEARS
from yilian.kernel.clock.periods import add_years
from yilian.kernel.rules.values import value_of
from yilian.registry.models import Practitioner

Row = Mapping[str, Any]
DAY = timedelta(days=1)


def sitting(body_id: int, on: date) -> QuerySet[Seat]:
    """Return the seats held on a day, the chair first as they were written."""
    held = Q(until_on__isnull=True) | Q(until_on__gte=on)
    return Seat.objects.filter(held, body=body_id, since_on__lte=on).select_related("institution", "person")


def running(consortium_id: int, on: date) -> QuerySet[Body]:
    """Return the bodies of a consortium on a day."""
    still = Q(until_on__isnull=True) | Q(until_on__gte=on)
    return Body.objects.filter(still, consortium=consortium_id, since_on__lte=on).order_by("pk")


def term_until(kind: str, since: date, consortium_id: int) -> date | None:
    """Return the last day of a term that begins on a day: councils have terms (S3 11), other bodies only if said."""
    if kind != BodyKind.COUNCIL:
        return None
    return add_years(since, int(value_of(TERM_YEARS, consortium_id=consortium_id))) - DAY


def people_of(rows: Iterable[Row]) -> dict[int, Practitioner]:
    """Return the practitioners that rows name, by key."""
    keys = [row["person"] for row in rows if row.get("person")]
    return Practitioner.objects.select_related("institution", "department").in_bulk(keys)


def seat(body: Body, rows: Iterable[Row], *, since: date, until: date | None, case_id: UUID) -> None:
    """Write seats that begin on a day; the database refuses a second chair and a person who sits already."""
    given = list(rows)
    people = people_of(given)
    last = until or term_until(body.kind, since, body.consortium_id)
    Seat.objects.bulk_create(
        [_seat(body, row, people.get(row.get("person") or 0), since, last, case_id) for row in given]
    )


def _seat(body: Body, row: Row, person: Practitioner | None, since: date, last: date | None, case_id: UUID) -> Seat:
    return Seat(
        body=body, position=row["position"], person=person, name=person.name if person else row.get("name") or "",
        institution=person.institution if person else None,
        organisation="" if person else row.get("organisation") or "",
        office=row.get("office") or "", substitute=row.get("substitute") or "", votes=row.get("votes") or 1,
        since_on=since, term_until=last, case_id=case_id,
    )  # fmt: skip


def vacate(seats: QuerySet[Seat], *, last: date) -> None:
    """End seats on a day, their last."""
    seats.update(until_on=last)
