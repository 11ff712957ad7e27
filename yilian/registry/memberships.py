"""Writing consortia: founding, joining, leaving, ending."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from yilian.kernel.access.actor import Actor
from yilian.registry.audited import audit
from yilian.registry.codes.resolving import resolve_one
from yilian.registry.models import Consortium, Grid, Institution, Membership, Region
from yilian.registry.models.consortium import GRID_KINDS, MemberRole
from yilian.registry.writing import Faults, set_facts

FACTS = (
    "kind", "name", "short_name", "region", "filing_level", "filing_number", "lead", "grid", "founded_on",
)  # fmt: skip


def register_grid(*, by: Actor, name: str, regions: Iterable[Region] = (), population: int | None = None) -> Grid:
    """Insert a grid with the regions it covers. Raises ValidationError."""
    grid = Grid(name=name.strip(), population=population)
    grid.full_clean()
    with transaction.atomic():
        grid.save(force_insert=True)
        grid.regions.set(regions)
        audit(by, "registered", grid)
    return grid


def found_consortium(*, by: Actor, coverage: Iterable[Region] = (), specialty: str = "", **facts: Any) -> Consortium:
    """Found a consortium and make its lead the first member; `specialty` is a specialty code. Raises ValidationError.

    A grid is answered for by at most one group or community at a time; only those two kinds have one.
    """
    consortium = Consortium()
    set_facts(consortium, facts, allowed=FACTS)
    faults = Faults()
    consortium.specialty = resolve_one("specialty", specialty, faults, field="specialty")
    _check_grid(consortium, faults)
    faults.of(consortium, ask_database=False)  # Django misreads exclusion constraints over keys; the database does not
    faults.refuse()
    with transaction.atomic():
        consortium.save(force_insert=True)
        consortium.coverage.set(coverage)
        audit(by, "registered", consortium)
        join_consortium(
            by=by, consortium=consortium, institution=consortium.lead, role=MemberRole.LEAD, on=consortium.founded_on
        )
    return consortium


def join_consortium(
    *, by: Actor, consortium: Consortium, institution: Institution, on: date, role: str = MemberRole.MEMBER,
    closeness: str = "",
) -> Membership:  # fmt: skip
    """Make an institution a member from this day on. Raises ValidationError when it is one already."""
    membership = Membership(consortium=consortium, institution=institution, role=role, closeness=closeness, since_on=on)
    faults = Faults()
    if on < consortium.founded_on:
        faults.add("since_on", _("加入日期早于医联体成立日期"))
    if consortium.ended_on and on > consortium.ended_on:
        faults.add("since_on", _("医联体已于%(on)s终止") % {"on": consortium.ended_on})
    later = Membership.objects.filter(consortium=consortium, institution=institution)
    if later.exclude(until_on__lt=on).exists():
        faults.add("institution", _("该机构在此期间已是成员"))
    faults.refuse()
    with transaction.atomic():
        faults.of(membership, ask_database=False)
        faults.refuse()
        membership.save(force_insert=True)
        audit(by, "registered", membership)
    return membership


def leave_consortium(membership: Membership, *, by: Actor, on: date) -> None:
    """End a membership; `on` is its last day. Raises ValidationError."""
    faults = Faults()
    if membership.until_on:
        faults.add("until_on", _("该成员关系已于%(on)s终止") % {"on": membership.until_on})
    if on < membership.since_on:
        faults.add("until_on", _("退出日期早于加入日期"))
    faults.refuse()
    with transaction.atomic():
        membership.until_on = on
        membership.save(update_fields=["until_on"])
        audit(by, "ended", membership, detail={"on": on})


def end_consortium(consortium: Consortium, *, by: Actor, on: date) -> None:
    """End a consortium and every membership still running; `on` is the last day. Raises ValidationError."""
    faults = Faults()
    if consortium.ended_on:
        faults.add("ended_on", _("该医联体已于%(on)s终止") % {"on": consortium.ended_on})
    if on < consortium.founded_on:
        faults.add("ended_on", _("终止日期早于成立日期"))
    faults.refuse()
    with transaction.atomic():
        consortium.ended_on = on
        consortium.save(update_fields=["ended_on"])
        consortium.memberships.filter(until_on__isnull=True, since_on__lte=on).update(until_on=on)
        audit(by, "ended", consortium, detail={"on": on})


def _check_grid(consortium: Consortium, faults: Faults) -> None:
    if consortium.grid is None:
        return
    if consortium.kind not in GRID_KINDS:
        faults.add("grid", _("只有城市医疗集团和县域医共体负责网格"))
        return
    others = consortium.grid.consortia.exclude(pk=consortium.pk).exclude(ended_on__lt=consortium.founded_on)
    for other in others:
        faults.add("grid", _("网格“%(grid)s”已由%(other)s负责") % {"grid": consortium.grid, "other": other.name})
