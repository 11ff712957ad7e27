"""The board as somebody sees it: own institution first, then consortia and distance; and how old each figure is."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from yilian.domains.capacity.directory.searching import distance
from yilian.domains.capacity.models import Resource
from yilian.domains.capacity.parameters import FRESH_FOR, STALE_AFTER
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.rules.values import value_of
from yilian.registry import known
from yilian.registry.consortia import companions

FRESH, AGEING, STALE, NEVER = "fresh", "ageing", "stale", "never"
TONES = {FRESH: "success", AGEING: "warning", STALE: "danger", NEVER: "default"}


@dataclass(frozen=True)
class Ages:
    """From when on a figure is no longer the newest, and from when on it is out of date."""

    fresh_for: timedelta
    stale_after: timedelta

    def of(self, as_of: datetime | None, now: datetime) -> str:
        """Return how old a figure is: fresh, ageing, stale, or never reported."""
        if as_of is None:
            return NEVER
        age = now - as_of
        return FRESH if age <= self.fresh_for else AGEING if age <= self.stale_after else STALE


@dataclass(frozen=True)
class Wish:
    """What is looked for on the board; empty parts do not narrow."""

    kind: str = ""
    institution_id: int | None = None
    text: str = ""
    only_free: bool = False
    with_closed: bool = False


@dataclass(frozen=True)
class Line:
    """A resource on the board, how old its figure is, and how far away it is in kilometres."""

    resource: Resource
    age: str
    distance: float | None
    is_own: bool

    @property
    def tone(self) -> str:
        return TONES[self.age]


def ages_for(institution_id: int) -> Ages:
    """Return the ages that hold for whoever looks."""
    fresh, stale = value_of(FRESH_FOR, institution_id), value_of(STALE_AFTER, institution_id)
    return Ages(timedelta(minutes=int(fresh)), timedelta(hours=int(stale)))


def age_now(as_of: datetime | None, institution_id: int) -> str:
    """Return how old a figure is for whoever looks now."""
    return ages_for(institution_id).of(as_of, clock.now())


def board(actor: Actor, wish: Wish) -> list[Line]:
    """Return what the actor's institution may see (the database decides): its own, its close consortia, the nearest."""
    now, ages = clock.now(), ages_for(actor.institution_id)
    close, _wide = companions(actor.institution_id, clock.today())
    here = known.institution(actor.institution_id)
    away: dict[int, float | None] = {}
    lines = []
    for row in _fitting(wish):
        place = row.institution_id
        if place not in away:
            away[place] = distance(here, row.institution)
        lines.append(Line(row, ages.of(row.as_of, now), away[place], place == actor.institution_id))
    return sorted(lines, key=lambda line: _order(line, close))


def _order(line: Line, close: dict[int, str]) -> tuple[Any, ...]:
    row, far = line.resource, line.distance
    place = row.institution_id
    nearness = 0 if line.is_own else 1 if place in close else 2
    return (nearness, far is None, far or 0.0, place, row.kind, str(row.department or ""), row.name)


def _fitting(wish: Wish) -> QuerySet[Resource]:
    rows = Resource.objects.select_related("institution", "department")
    rows = rows if wish.with_closed else rows.filter(is_on=True)
    if wish.kind:
        rows = rows.filter(kind=wish.kind)
    if wish.institution_id is not None:
        rows = rows.filter(institution_id=wish.institution_id)
    if wish.text:
        rows = rows.filter(name__icontains=wish.text) | rows.filter(department__name__contains=wish.text)
    return rows.filter(free__gt=0) if wish.only_free else rows
