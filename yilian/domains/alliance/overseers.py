"""Who decides and oversees in the cases of a consortium: its lead, the authority that filed it and those above."""

from collections.abc import Mapping

from yilian.domains.alliance.models import Foundation
from yilian.kernel.workflow.models import Case
from yilian.registry.consortia import authorities_above
from yilian.registry.models import Consortium, Institution


def authority_of(consortium: Consortium) -> Institution | None:
    """Return the authority a consortium answers to: the one that filed it, else the nearest to its region."""
    foundation = Foundation.objects.filter(consortium=consortium).select_related("authority").first()
    if foundation and foundation.authority:
        return foundation.authority
    region = consortium.region_id or (consortium.lead.region_id if consortium.lead else None)
    return next(iter(authorities_above(region)), None)


def filing_authority(case: Case, named: Mapping[str, int]) -> dict[str, list[int]]:
    """Return the overseeing side of a case about a consortium."""
    authority = authority_of(case.consortium) if case.consortium else None
    if authority is None:
        return {}
    above = authorities_above(authority.region_id)
    wanted = dict.fromkeys([authority.pk, *(one.pk for one in above)])
    return {"overseer": [one for one in wanted if one not in named.values()]}


def lead_of_consortium(case: Case) -> dict[str, object]:
    """Return the column of the lead: the one of the consortium that the case is about."""
    return {"lead_id": case.consortium.lead_id if case.consortium else None}
