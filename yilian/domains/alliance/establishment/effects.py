"""What follows from an establishment: its authority, and the founded consortium."""

from yilian.domains.alliance.establishment.grids import seat_of
from yilian.domains.alliance.founding import Founding, found
from yilian.domains.alliance.models import Establishment, EstablishmentState
from yilian.domains.alliance.places import authority_at
from yilian.kernel.workflow.moment import Moment
from yilian.registry.consortia import authority_for
from yilian.registry.models import Region
from yilian.registry.models.consortium import ConsortiumKind
from yilian.registry.models.region import RegionLevel

UNSETTLED = (EstablishmentState.DRAFT, EstablishmentState.CORRECTING)
LEVELS = {
    ConsortiumKind.CITY_GROUP: RegionLevel.CITY,
    ConsortiumKind.COUNTY_COMMUNITY: RegionLevel.COUNTY,
}


def competent(establishment: Establishment) -> dict[str, object]:
    """Return the authority of the grid (city for a group, county for a community), or the one nearest to the lead.

    What an authority has assigned stays with it.
    """
    if establishment.is_assigned or establishment.lead is None or establishment.state not in UNSETTLED:
        return {}
    level = LEVELS.get(establishment.form)
    if level is None:
        authority = authority_for(establishment.lead.region_id)
    else:
        seat = seat_of(establishment.grid, level) if establishment.grid else None
        authority = authority_at(seat) if seat else None
    return {"authority_id": authority.pk if authority else None}


def claim_grid_or_name(moment: Moment) -> None:
    """Let a grid, or for a network the name, be applied for once at a time."""
    case: Establishment = moment.case
    moment.set(claim=f"grid:{case.grid_id}" if case.form in LEVELS else f"name:{case.name}"[:60])


def found_consortium(moment: Moment) -> None:
    """Write the consortium, its members and how it is organised into the public rows."""
    case: Establishment = moment.case
    has_grid = case.form in LEVELS
    consortium = found(
        Founding(
            kind=case.form,
            name=case.name,
            lead=case.lead,
            authority_id=case.authority_id,
            founded_on=case.approved_on,
            filing_level=case.authority.region.level if case.authority and case.authority.region else None,
            filing_number=case.approval_number,
            region_code=case.lead.region_id,
            coverage=tuple(case.grid.regions.all() if has_grid else Region.objects.filter(pk__in=case.coverage)),
            grid=case.grid if has_grid else None,
            members=tuple(case.members),
            closeness=case.closeness,
            charter_on=case.charter_on,
            management_body=case.management_body,
            centres=tuple(case.centres),
            unchanged=tuple(case.unchanged),
            unchanged_note=case.unchanged_note,
            is_entrusted=case.is_entrusted,
            case_id=case.pk,
        ),
        by=moment.actor,
    )
    moment.set(consortium_id=consortium.pk)
