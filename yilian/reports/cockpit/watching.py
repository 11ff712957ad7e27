"""Whom the reader may see on the cockpit: consortia one leads or oversees, else the own part of those one is in."""

from dataclasses import dataclass
from datetime import date

from django.db.models.expressions import RawSQL

from yilian.kernel.access.actor import Actor
from yilian.kernel.clock.periods import Period
from yilian.kernel.indicators.results import Total, totals
from yilian.registry.consortia import consortia_of, memberships
from yilian.registry.models import Consortium, Institution

WATCHED = RawSQL("select unnest(watched_consortia())", ())
ALL = "all"


@dataclass(frozen=True)
class View:
    """What the screen is about: a consortium (None: all that one oversees), or one institution's part in it."""

    key: str
    title: str
    consortium: Consortium | None = None
    institution_id: int | None = None

    @property
    def consortium_id(self) -> int | None:
        return self.consortium.pk if self.consortium else None

    @property
    def scope(self) -> str:
        """The word by which the page of an indicator knows the same extent."""
        if self.institution_id is not None:
            return "own"
        return str(self.consortium_id) if self.consortium else ALL

    def totals(self, keys: list[str], period: Period) -> dict[str, Total]:
        """Return what these indicators came to for this view, by one statement."""
        places = None if self.institution_id is None else [self.institution_id]
        found = totals(keys, institution_ids=places, consortium_id=self.consortium_id, period=period)
        return {key: by_place[self.institution_id] for key, by_place in found.items()}


def views_for(actor: Actor, on: date) -> list[View]:
    """Return what this actor may look at, by two statements at most; what the own institution leads comes first."""
    watched = list(Consortium.objects.filter(pk__in=WATCHED, founded_on__lte=on).exclude(ended_on__lt=on))
    watched.sort(key=lambda row: (row.lead_id != actor.institution_id, row.pk))
    if not watched:
        own = actor.institution_id
        return [View(str(row.pk), row.name, row, own) for row in consortia_of(own, on)]
    return [View(str(row.pk), row.name, row) for row in watched]


def members_of_view(view: View, on: date) -> list[Institution]:
    """Return the institutions that the view is about with their regions, by one statement, the lead first."""
    rows = memberships(on).filter(institution__is_authority=False).select_related("institution__region")
    if view.consortium is not None:
        rows = rows.filter(consortium=view.consortium)
    else:
        rows = rows.filter(consortium__in=WATCHED)
    found = {row.institution_id: row.institution for row in rows.order_by("institution_id")}
    lead = view.consortium.lead_id if view.consortium else None
    return sorted(found.values(), key=lambda place: (place.pk != lead, place.pk))
