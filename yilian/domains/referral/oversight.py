"""Who watches over a referral: the leads of the consortia that both institutions belong to, and the authorities."""

from collections.abc import Mapping

from yilian.domains.referral.models import Referral
from yilian.kernel import clock
from yilian.registry.consortia import authorities_above, lead_of, shared_consortia
from yilian.registry.models import Institution
from yilian.registry.models.region import RegionLevel
from yilian.registry.regions import level_of


def overseers(referral: Referral, parties: Mapping[str, int]) -> dict[str, list[int]]:
    """Return the institutions of the sides "office" and "authority" for a referral with these parties.

    A lead that takes part itself needs no second side. Authorities are those of the county and the city of either
    institution, not of the province.
    """
    here, there = parties["sender"], parties.get("receiver")
    among = set(parties.values())
    leads = {lead.pk for lead in _leads(here, there)} if there else set()
    return {"office": sorted(leads - among), "authority": sorted(_authorities(here, there) - among)}


def _leads(here: int, there: int) -> list[Institution]:
    today = clock.today()
    found = [lead_of(consortium.pk, today) for consortium in shared_consortia(here, there, today)]
    return [lead for lead in found if lead is not None]


def _authorities(here: int, there: int | None) -> set[int]:
    places = Institution.objects.filter(pk__in=[here, there]).values_list("region_id", flat=True)
    found = {authority for region in places for authority in authorities_above(region)}
    return {one.pk for one in found if one.region_id and level_of(one.region_id) >= RegionLevel.CITY}
