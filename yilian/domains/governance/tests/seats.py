"""Short ways to seat people in the bodies of the tests' city group."""

from typing import Any

from yilian.domains.governance.models import Body, Seat
from yilian.domains.governance.tests.conftest import Council
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.scope import scope
from yilian.registry.models import Practitioner


def person(actor: Actor, name: str, **facts: Any) -> Practitioner:
    """Register somebody at the institution of an actor."""
    known = {"profession": "other"} | facts
    return Practitioner.objects.create(institution_id=actor.institution_id, name=name, **known)


def row(who: Practitioner, position: str = "member", **other: Any) -> dict[str, Any]:
    return {"position": position, "person": who.pk} | other


def found(council: Council, seats: list[dict[str, Any]], sort: str = "council", **other: Any) -> Body:
    """Found a body and return it."""
    answers = {
        "consortium": council.group.pk, "sort": sort, "name": "医疗集团理事会", "since_on": clock.today(),
        "decision": "联席会议决定", "seats": seats,
    }  # fmt: skip
    case = council.world.open("body", by=council.lead, **answers | other)
    case = council.world.take(case, "found", by=council.lead)
    return Body.objects.get(case_id=case.pk)


def usual(council: Council, **votes: int) -> Body:
    """Found a council: a chair and a member from the lead, a vice chair from the county, somebody from a company."""
    rows = [
        row(person(council.lead, "林静"), "chair", votes=votes.get("lead")),
        row(person(council.county, "周明"), "vice", votes=votes.get("county")),
        row(person(council.lead, "何远")),
        {"position": "member", "name": "吴越", "organisation": "江城医药公司"},
    ]
    return found(council, rows)


def sitting(body: Body, by: Actor) -> dict[str, Seat]:
    """Return the seats that are held, by name."""
    with scope(by):
        return {seat.name: seat for seat in Seat.objects.filter(body=body, until_on=None)}
