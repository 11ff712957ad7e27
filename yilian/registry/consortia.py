"""Who belongs to which consortium on a day, who leads it, and which authority watches over a region."""

from datetime import date

from django.db.models import Q, QuerySet

from yilian.kernel.indicators.indicator import Extent
from yilian.registry import known
from yilian.registry.models import Consortium, Institution, Membership
from yilian.registry.models.consortium import GRID_KINDS, MemberRole
from yilian.registry.regions import chain


def on_day(since: str, until: str, on: date) -> Q:
    """Return the condition that a span of days, whose empty end means for ever, holds this day."""
    return Q(**{f"{since}__lte": on}) & (Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gte": on}))


def memberships(on: date) -> QuerySet[Membership]:
    """Return the memberships of this day in consortia that exist on it."""
    return Membership.objects.filter(
        on_day("since_on", "until_on", on), on_day("consortium__founded_on", "consortium__ended_on", on)
    )


def consortia_of(institution_id: int, on: date) -> list[Consortium]:
    """Return the consortia the institution belongs to on this day, oldest first."""
    return [row.consortium for row in known.memberships_of(institution_id) if _runs(row, on)]


def members_of(consortium_id: int, on: date) -> list[Membership]:
    """Return the memberships of a consortium on this day with their institutions, the lead first."""
    rows = memberships(on).filter(consortium_id=consortium_id).select_related("institution")
    return sorted(rows, key=lambda row: (row.role != MemberRole.LEAD, row.since_on, row.pk))


def at_members(rows: QuerySet, extent: Extent, on: date) -> QuerySet:
    """Return the rows of what is measured, of a table that knows no consortium: those of its members of this day."""
    place, circle = extent.institution_id, extent.consortium_id
    if place is not None:
        belongs = circle is None or any(
            row.consortium_id == circle and _runs(row, on) for row in known.memberships_of(place)
        )
        return rows.filter(institution_id=place) if belongs else rows.none()
    return (
        rows
        if circle is None
        else rows.filter(institution_id__in=[row.institution_id for row in members_of(circle, on)])
    )


def lead_of(consortium_id: int | None, on: date) -> Institution | None:
    """Return the institution that leads the consortium on this day; None without a consortium, or without a lead."""
    if consortium_id is None:
        return None
    return next((row.institution for row in known.leaderships_of(consortium_id) if _runs(row, on)), None)


def is_member(institution_id: int, consortium_id: int, on: date) -> bool:
    """Say whether the institution belongs to the consortium on this day."""
    return memberships(on).filter(institution_id=institution_id, consortium_id=consortium_id).exists()


def shared_consortia(one: int, other: int, on: date) -> list[Consortium]:
    """Return the consortia to which both institutions belong on this day, oldest first."""
    theirs = {row.consortium_id for row in known.memberships_of(other) if _runs(row, on)}
    ours = [row for row in known.memberships_of(one) if row.consortium_id in theirs and _runs(row, on)]
    return [row.consortium for row in ours]


def companions(institution_id: int, on: date) -> tuple[dict[int, str], dict[int, str]]:
    """Return the other members of the institution's own consortia on this day, each with the name of the consortium.

    First those of the groups and communities that answer for a grid, then those of its alliances and networks alone.
    """
    own = [row.consortium_id for row in known.memberships_of(institution_id) if _runs(row, on)]
    close: dict[int, str] = {}
    wide: dict[int, str] = {}
    rows = memberships(on).filter(consortium__in=own).exclude(institution_id=institution_id)
    columns = ("institution_id", "consortium__kind", "consortium__name")
    for member, kind, name in rows.order_by("consortium_id").values_list(*columns):
        (close if kind in GRID_KINDS else wide).setdefault(member, name)
    return close, {member: name for member, name in wide.items() if member not in close}


def _runs(row: Membership, on: date) -> bool:
    """Say whether a membership holds this day in a consortium that exists on it."""
    consortium = row.consortium
    joined = row.since_on <= on <= (row.until_on or on)
    return joined and consortium.founded_on <= on <= (consortium.ended_on or on)


def authority_for(region_code: str | None) -> Institution | None:
    """Return the health authority of the region, or of the nearest region above that has one; None if none has."""
    return next(iter(authorities_above(region_code)), None)


def authorities_above(region_code: str | None) -> list[Institution]:
    """Return every health authority from the region upwards, nearest first."""
    codes = chain(region_code) if region_code else []
    found = [authority for authority in known.authorities() if authority.region_id in codes]
    return sorted(found, key=lambda authority: (codes.index(authority.region_id or ""), authority.pk))
