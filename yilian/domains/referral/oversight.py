"""Who watches over a referral: the leads of the consortia that both institutions belong to, and the authorities."""

from collections.abc import Mapping

from yilian.domains.referral import facts
from yilian.domains.referral.models import Referral
from yilian.registry import known
from yilian.registry.models.region import RegionLevel
from yilian.registry.regions import chain, level_of


def overseers(referral: Referral, parties: Mapping[str, int]) -> dict[str, list[int]]:
    """Return the institutions of the sides "office" and "authority" for a referral with these parties.

    A lead that takes part itself needs no second side. Authorities are those of the county and the city of either
    institution, not of the province.
    """
    among = set(parties.values())
    leads = {consortium.lead_id for consortium in facts.consortia_of(referral)}
    return {"office": sorted(leads - among), "authority": sorted(_authorities(referral) - among)}


def _authorities(referral: Referral) -> set[int]:
    places = [referral.sender, None if referral.is_outside else referral.receiver]
    regions = {code for place in places if place and place.region_id for code in chain(place.region_id)}
    below = {code for code in regions if level_of(code) >= RegionLevel.CITY}
    return {authority.pk for authority in known.authorities() if authority.region_id in below}
