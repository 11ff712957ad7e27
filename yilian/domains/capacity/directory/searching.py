"""Searching the directory: by words or pinyin, subject, direction, institution; one's own consortia and near first."""

from dataclasses import dataclass, field
from math import asin, cos, radians, sin, sqrt
from typing import Any

from django.db.models import Q, QuerySet

from yilian.domains.capacity.models import Service, Wait
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.registry import known
from yilian.registry.consortia import companions
from yilian.registry.models import Institution

EARTH_RADIUS = 6371.0
"""Mean radius in kilometres."""
AFTER_ALL = "\U0010ffff"


@dataclass(frozen=True)
class Wish:
    """What is looked for: every part narrows, empty parts do not. `age` is in whole years.

    Services of the asker's own institution are found by naming it. `by_wait` puts the shortest computed wait first.
    """

    text: str = ""
    subject: str = ""
    direction: str = ""
    institution_id: int | None = None
    age: int | None = None
    is_featured: bool = False
    with_closed: bool = False
    by_wait: bool = False


@dataclass(frozen=True)
class Line:
    """A service as it is listed: the consortium shared with the asker ("" for none), and the distance in kilometres."""

    service: Service
    together: str = ""
    is_close: bool = False
    distance: float | None = None
    order: tuple[Any, ...] = field(default=(), compare=False)

    @property
    def wait(self) -> Wait | None:
        """How long people have waited for it; None until the worker has computed it once."""
        return wait_of(self.service)


def wait_of(service: Service) -> Wait | None:
    """Return what was computed for a service; no statement when it was read along."""
    return getattr(service, "wait", None)


def search(actor: Actor, wish: Wish) -> list[Line]:
    """Return the services that fit: of one's own group or community, then of other shared consortia, nearest first.

    By wait, those of which nothing is known come last.
    """
    close, wide = companions(actor.institution_id, clock.today())
    here = known.institution(actor.institution_id)
    rows = _fitting(wish) if wish.institution_id else _fitting(wish).exclude(institution_id=actor.institution_id)
    rows = rows.select_related("institution", "institution__region", "department", "subject", "wait")
    lines = sorted((_line(row, close, wide, here, actor) for row in rows), key=lambda line: line.order)
    return sorted(lines, key=_shortest) if wish.by_wait else lines


def _shortest(line: Line) -> tuple[bool, Any]:
    median = line.wait.offer_median if line.wait else None
    return median is None, median or 0


def _line(row: Service, close: dict[int, str], wide: dict[int, str], here: Institution | None, actor: Actor) -> Line:
    owner = row.institution_id
    is_close = owner in close or owner == actor.institution_id
    away = distance(here, row.institution)
    nearness = 0 if is_close else 1 if owner in wide else 2
    order = (nearness, away is None, away or 0.0, owner, not row.is_featured, row.name)
    return Line(row, close.get(owner) or wide.get(owner, ""), is_close, away, order)


def distance(one: Institution | None, other: Institution) -> float | None:
    """Return the kilometres between two institutions as the crow flies; None where a place is unknown."""
    if one is None or None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return None
    lat, lon, lat2, lon2 = (
        radians(float(value)) for value in (one.latitude, one.longitude, other.latitude, other.longitude)
    )
    half = sin((lat2 - lat) / 2) ** 2 + cos(lat) * cos(lat2) * sin((lon2 - lon) / 2) ** 2
    return 2 * EARTH_RADIUS * asin(min(1.0, sqrt(half)))


def _fitting(wish: Wish) -> QuerySet[Service]:
    rows = Service.objects.filter(institution__ended_on__isnull=True)
    if not wish.with_closed:
        rows = rows.filter(is_on=True)
    if wish.institution_id is not None:
        rows = rows.filter(institution_id=wish.institution_id)
    if wish.direction:
        rows = rows.filter(directions__contains=[wish.direction])
    if wish.subject:
        prefix = wish.subject
        rows = rows.filter(subject__system="specialty", subject__code__gte=prefix, subject__code__lt=prefix + AFTER_ALL)
    if wish.age is not None:
        rows = rows.filter(_open_from(wish.age), Q(age_until__isnull=True) | Q(age_until__gte=wish.age))
    if wish.is_featured:
        rows = rows.filter(is_featured=True)
    return rows.filter(_matching(wish.text)) if wish.text.strip() else rows


def _open_from(age: int) -> Q:
    return Q(age_from__isnull=True) | Q(age_from__lte=age)


def _matching(text: str) -> Q:
    wanted = text.strip()
    found = Q(name__icontains=wanted) | Q(institution__name__contains=wanted) | Q(department__name__contains=wanted)
    if wanted.isascii():
        latin = wanted.lower().replace(" ", "")
        begins = {"institution__initials__gte": latin, "institution__initials__lt": latin + AFTER_ALL}
        found |= Q(initials__contains=latin) | Q(pinyin__contains=latin) | Q(**begins)
    return found
