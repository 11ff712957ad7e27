"""Who else sees an establishment: the members it lists, and the authorities above the one that decides."""

from collections.abc import Mapping

from yilian.domains.alliance.models import Establishment, EstablishmentState
from yilian.registry.consortia import authorities_above


def bring_in(establishment: Establishment, named: Mapping[str, int]) -> dict[str, list[int]]:
    """Return the further institutions by side; members from the moment the plan is handed in."""
    region = establishment.authority.region_id if establishment.authority else None
    above = [one.pk for one in authorities_above(region) if one.pk != establishment.authority_id]
    handed_in = establishment.state == EstablishmentState.SUBMITTED
    members = [member for member in establishment.members if member != establishment.lead_id] if handed_in else []
    return {"member": members, "overseer": above}
