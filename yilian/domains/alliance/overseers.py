"""Who decides and oversees in the cases of a consortium: its lead, the authority that filed it and those above."""

from collections.abc import Iterable, Mapping

from yilian.domains.alliance.models import Foundation
from yilian.kernel.workflow.models import Case
from yilian.registry.consortia import authorities_above
from yilian.registry.models import Consortium, Institution
from yilian.registry.regions import chain


def authority_of(consortium: Consortium) -> Institution | None:
    """Return the authority a consortium answers to: the one that filed it, else the nearest to its region."""
    foundation = Foundation.objects.filter(consortium=consortium).select_related("authority").first()
    if foundation and foundation.authority:
        return foundation.authority
    region = consortium.region_id or (consortium.lead.region_id if consortium.lead else None)
    return next(iter(authorities_above(region)), None)


def authorities_of(consortia: Iterable[Consortium]) -> dict[int, int | None]:
    """Return the key of the authority each consortium answers to, by key of the consortium, in two queries."""
    wanted = list(consortia)
    filed = Foundation.objects.filter(consortium__in=wanted, authority__isnull=False)
    known = dict(filed.values_list("consortium_id", "authority_id"))
    rest = {one.pk: one.region_id or one.lead.region_id or "" for one in wanted if one.pk not in known}
    codes = {above for region in rest.values() if region for above in chain(region)}
    seats = Institution.objects.filter(is_authority=True, ended_on__isnull=True, region__in=codes).order_by("-pk")
    by_region = dict(seats.values_list("region_id", "pk"))
    nearest = {
        key: next((by_region[above] for above in chain(region) if above in by_region), None) if region else None
        for key, region in rest.items()
    }
    return known | nearest


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
