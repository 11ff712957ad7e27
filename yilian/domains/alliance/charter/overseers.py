"""Who else sees a revised charter: the authorities at once, the members when it is on record."""

from collections.abc import Mapping

from yilian.domains.alliance.models import CharterRevision, CharterState
from yilian.domains.alliance.overseers import filing_authority
from yilian.kernel import clock
from yilian.registry.consortia import members_of


def bring_in(revision: CharterRevision, named: Mapping[str, int]) -> dict[str, list[int]]:
    """Return the further institutions by side."""
    found = filing_authority(revision, named)
    if revision.state != CharterState.ADOPTED or revision.consortium_id is None:
        return found
    members = [row.institution_id for row in members_of(revision.consortium_id, clock.today())]
    return found | {"member": [one for one in members if one != revision.lead_id]}
