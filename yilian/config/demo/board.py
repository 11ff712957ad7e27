"""The capacity board of the demo: beds, clinics and machines of every institution, with figures of different ages."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random

from yilian.config.demo.layout import Layout
from yilian.domains.capacity.board.reporting import Said, add_resource, confirm_by_phone, report
from yilian.domains.capacity.models import Resource, Source
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor, system_actor
from yilian.kernel.access.scope import scope
from yilian.registry.models import Department, Institution

MOST_WARDS = 5
AGES = (timedelta(minutes=20), timedelta(minutes=70), timedelta(hours=9), timedelta(days=2))
SOURCES = (Source.PAGE, Source.EXCEL, Source.API)
LARGE = ("large", "chinese", "mother", "medium")
CALLED, CALLER = "yunling", "first"
"""Who keeps no board itself, and who has telephoned."""


def bring_board(places: Mapping[str, Institution], layout: Layout, seed: int) -> None:
    """Let every institution have resources; each reports at some time of its own, one is asked by telephone."""
    chance, now = Random(f"board {seed}"), clock.now()  # noqa: S311 - repeatable on purpose
    for number, place in enumerate(one for one in layout.places if one.kind != "authority"):
        row = places[place.key]
        by = system_actor("床位管理员", row.pk, row.name)
        with scope(by):
            resources = _resources(row, place.kind, by)
            if place.key != CALLED:
                _report(resources, place.beds or 50, by, now - AGES[number % len(AGES)], chance)
    _telephone(places, now)


def _resources(row: Institution, kind: str, by: Actor) -> list[Resource]:
    wards = list(Department.objects.filter(institution=row).order_by("pk")[:MOST_WARDS])
    found = [add_resource(by=by, kind="bed", name="普通床", department=ward) for ward in wards]
    found.append(add_resource(by=by, kind="clinic", name="转诊预留号", department=wards[0]))
    if kind in LARGE:
        found.append(add_resource(by=by, kind="icu", name="重症监护床"))
        found.append(add_resource(by=by, kind="equipment", name="CT"))
    return found


def _report(resources: list[Resource], beds: int, by: Actor, at: datetime, chance: Random) -> None:
    with clock.standing_at(at):
        for resource in resources:
            total = max(4, beds // (2 * MOST_WARDS)) if resource.kind == "bed" else chance.randrange(4, 20)
            free = chance.randrange(total // 3 + 1)
            report(resource, Said(free, total, at), by=by, source=chance.choice(SOURCES))


def _telephone(places: Mapping[str, Institution], now: datetime) -> None:
    """The city hospital has asked a member that keeps no board itself, where the two see each other."""
    caller = system_actor("转诊中心值班员", places[CALLER].pk, places[CALLER].name)
    at = now - timedelta(minutes=35)
    with clock.standing_at(at), scope(caller):
        for resource in Resource.objects.filter(institution=places[CALLED], kind="bed")[:2]:
            confirm_by_phone(resource, Said(2, None, at), by=caller, confirmed_with="住院部护士长")
