"""Who else sees a dissolution: from the order on, every member."""

from collections.abc import Mapping

from yilian.domains.alliance.models import Dissolution, DissolutionState
from yilian.domains.alliance.overseers import filing_authority
from yilian.kernel import clock
from yilian.registry.consortia import members_of


def bring_in(dissolution: Dissolution, named: Mapping[str, int]) -> dict[str, list[int]]:
    """Return the further institutions by side."""
    found = filing_authority(dissolution, named)
    if dissolution.state != DissolutionState.ORDERED:
        return found
    rows = members_of(dissolution.consortium_id, clock.today())
    members = [row.institution_id for row in rows if row.institution_id != dissolution.lead_id]
    return found | {"member": members}
