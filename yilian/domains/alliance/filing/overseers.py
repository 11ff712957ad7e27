"""Who else sees a filing: the authorities above the one that decides. Founding members join when they are asked."""

from collections.abc import Mapping

from yilian.domains.alliance.models import Filing
from yilian.registry.consortia import authorities_above


def bring_in(filing: Filing, named: Mapping[str, int]) -> dict[str, list[int]]:
    """Return the further institutions by side."""
    region = filing.authority.region_id if filing.authority else None
    above = [authority.pk for authority in authorities_above(region) if authority.pk != filing.authority_id]
    return {"overseer": above}
