"""Who else sees an establishment: the authorities above the one that decides. Members join when they are asked."""

from collections.abc import Mapping

from yilian.domains.alliance.models import Establishment
from yilian.registry.consortia import authorities_above


def bring_in(establishment: Establishment, named: Mapping[str, int]) -> dict[str, list[int]]:
    """Return the further institutions by side."""
    region = establishment.authority.region_id if establishment.authority else None
    return {"overseer": [one.pk for one in authorities_above(region) if one.pk != establishment.authority_id]}
