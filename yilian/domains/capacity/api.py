"""The door for other parts of the program: plain values in, plain values out, in the scope of whoever asks."""

from collections.abc import Iterable
from typing import Any

from yilian.domains.capacity.board.watching import NEVER, STALE, ages_for
from yilian.domains.capacity.directory.searching import distance
from yilian.domains.capacity.indications.matching import offered
from yilian.domains.capacity.models import Resource, Service
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.registry import known
from yilian.registry.consortia import companions
from yilian.registry.models import Institution

DOWN = "down"


def down_indications(institution_id: int) -> list[dict[str, Any]]:
    """Return the indications for going down that are in use at an institution, in the order of the catalogue.

    Each is {id, condition, diagnoses, is_confirmed, consortium}; no diagnoses means whatever the patient has.
    """
    return [
        {
            "id": row.pk,
            "condition": row.condition,
            "diagnoses": row.diagnoses,
            "is_confirmed": row.is_confirmed,
            "consortium": str(row.consortium or ""),
        }
        for row in offered(institution_id).filter(direction=DOWN).order_by("pk")
    ]


def takers_of_returns(actor: Actor) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the other members of the actor's consortia that take patients sent down, and the services they take for.

    Places are {institution, name, consortium, region, distance, free, as_of, is_stale}: `free` are the beds on the
    board, None while nothing that is not out of date was reported; distance in kilometres. Services are {id,
    institution, name, department, subject, age_from, age_until, wait}: the wait in days as computed, None if unknown.
    """
    close, wide = companions(actor.institution_id, clock.today())
    together = wide | close
    services = [
        _service(row)
        for row in Service.objects.filter(institution__in=together, is_on=True, directions__contains=[DOWN])
        .select_related("subject", "wait")
        .order_by("pk")
    ]
    beds = _beds(actor, {service["institution"] for service in services})
    rows, here = Institution.objects.in_bulk(beds), known.institution(actor.institution_id)
    return [_place(rows[key], here, together[key]) | found for key, found in sorted(beds.items())], services


def names_of(services: Iterable[int]) -> dict[int, tuple[int, str]]:
    """Return institution and name of each of these services, by institution and name."""
    rows = Service.objects.filter(pk__in=list(services)).order_by("institution", "name")
    return {key: (place, name) for key, place, name in rows.values_list("pk", "institution_id", "name")}


def _service(row: Service) -> dict[str, Any]:
    found = getattr(row, "wait", None)
    return {
        "id": row.pk, "institution": row.institution_id, "name": row.name, "department": row.department_id,
        "subject": row.subject.code if row.subject else "", "age_from": row.age_from, "age_until": row.age_until,
        "wait": float(found.offer_median) if found and found.offer_median is not None else None,
    }  # fmt: skip


def _place(row: Institution, here: Institution | None, consortium: str) -> dict[str, Any]:
    return {
        "institution": row.pk, "name": row.name, "consortium": consortium, "region": row.region_id or "",
        "distance": distance(here, row),
    }  # fmt: skip


def _beds(actor: Actor, institutions: set[int]) -> dict[int, dict[str, Any]]:
    """Return the free beds of each institution, as of its oldest figure that counts; stale figures do not count."""
    now, ages = clock.now(), ages_for(actor.institution_id)
    found: dict[int, dict[str, Any]] = {
        key: {"free": None, "as_of": None, "is_stale": False} for key in institutions
    }  # fmt: skip
    for row in Resource.objects.filter(institution__in=institutions, kind="bed", is_on=True):
        beds, age = found[row.institution_id], ages.of(row.as_of, now)
        if age in (STALE, NEVER) or row.free is None or row.as_of is None:
            beds["is_stale"] = beds["is_stale"] or age == STALE
            continue
        beds["free"] = (beds["free"] or 0) + row.free
        beds["as_of"] = min(beds["as_of"] or row.as_of, row.as_of)
    return found
