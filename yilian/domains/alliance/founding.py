"""Writing a founded consortium: the registry's row and members, and the domain's public rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from yilian.domains.alliance import clocks
from yilian.domains.alliance.models import Agreement, Charter, Council, Foundation, Seat
from yilian.kernel.access.actor import Actor
from yilian.kernel.rules.values import value_of
from yilian.registry.memberships import found_consortium, join_consortium
from yilian.registry.models import Consortium, Grid, Institution, Region


@dataclass(frozen=True)
class Founding:
    """Everything a consortium begins with; what a kind does not have stays empty."""

    kind: str
    name: str
    lead: Institution
    founded_on: date
    case_id: UUID
    authority_id: int | None = None
    filing_level: int | None = None
    filing_number: str = ""
    specialty: str = ""
    region_code: str | None = None
    coverage: tuple[Region, ...] = ()
    grid: Grid | None = None
    members: tuple[int, ...] = ()
    closeness: str = ""
    charter_on: date | None = None
    secretariat: str = ""
    secretariat_phone: str = ""
    management_body: str = ""
    centres: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    unchanged_note: str = ""
    is_entrusted: bool | None = None
    council_since: date | None = None
    seats: tuple[Mapping[str, Any], ...] = field(default=())


def found(plan: Founding, *, by: Actor) -> Consortium:
    """Write the consortium with its members, agreements, council and foundation; return it. Raises ValidationError."""
    consortium = found_consortium(
        by=by,
        coverage=plan.coverage,
        specialty=plan.specialty,
        kind=plan.kind,
        name=plan.name,
        lead=plan.lead,
        region=Region.objects.filter(pk=plan.region_code).first(),
        grid=plan.grid,
        founded_on=plan.founded_on,
        filing_level=plan.filing_level,
        filing_number=plan.filing_number,
    )
    for member in Institution.objects.filter(pk__in=plan.members).exclude(pk=plan.lead.pk):
        join_consortium(by=by, consortium=consortium, institution=member, on=plan.founded_on, closeness=plan.closeness)
        Agreement.objects.create(consortium=consortium, institution=member, case_id=plan.case_id)
    Foundation.objects.create(
        consortium=consortium,
        authority_id=plan.authority_id,
        charter_on=plan.charter_on,
        secretariat=plan.secretariat,
        secretariat_phone=plan.secretariat_phone,
        management_body=plan.management_body,
        centres=list(plan.centres),
        unchanged=list(plan.unchanged),
        unchanged_note=plan.unchanged_note,
        is_entrusted=plan.is_entrusted,
        case_id=plan.case_id,
    )
    if plan.charter_on:
        write_charter(consortium, plan.charter_on, case_id=plan.case_id)
    if plan.council_since:
        seat_council(consortium, plan.council_since, plan.seats, case_id=plan.case_id)
    return consortium


def seat_council(
    consortium: Consortium,
    since: date,
    seats: tuple[Mapping[str, Any], ...] | list[Mapping[str, Any]],
    *,
    case_id: UUID,
) -> Council:
    """Write the next term of a council with its seats; the database refuses a second chair."""
    term = consortium.councils.count() + 1  # type: ignore[attr-defined]
    years = int(value_of("alliance.council_years", consortium_id=consortium.pk))
    council = Council.objects.create(
        consortium=consortium, term=term, since_on=since, until_on=clocks.term_until(since, years), case_id=case_id
    )
    for seat in seats:
        Seat.objects.create(
            council=council,
            position=seat["position"],
            name=seat["name"],
            institution_id=seat.get("institution") or None,
        )
    return council


def write_charter(
    consortium: Consortium,
    adopted_on: date,
    *,
    case_id: UUID,
    effective_on: date | None = None,
    basis: str = "",
    changes: str = "",
    clauses: Sequence[Mapping[str, str]] = (),
) -> Charter:
    """Write the next version of a charter; `clauses` are {title, about, text}, none where only a file exists."""
    return Charter.objects.create(
        consortium=consortium,
        version=consortium.charters.count() + 1,  # type: ignore[attr-defined]
        adopted_on=adopted_on,
        effective_on=effective_on,
        basis=basis,
        changes=changes,
        clauses=list(clauses),
        case_id=case_id,
    )
