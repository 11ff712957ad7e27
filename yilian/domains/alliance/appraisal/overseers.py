"""Who else sees an appraisal: the authorities above at once, the members when the result is published."""

from collections.abc import Mapping

from yilian.domains.alliance.models import Appraisal, AppraisalState
from yilian.kernel import clock
from yilian.registry.consortia import authorities_above, members_of
from yilian.registry.models import Institution


def bring_in(appraisal: Appraisal, named: Mapping[str, int]) -> dict[str, list[int]]:
    """Return the further institutions by side."""
    region = Institution.objects.values_list("region_id", flat=True).get(pk=appraisal.authority_id)
    above = [one.pk for one in authorities_above(region) if one.pk != appraisal.authority_id]
    if appraisal.state != AppraisalState.PUBLISHED:
        return {"overseer": above}
    rows = members_of(appraisal.consortium_id, clock.today())
    return {
        "overseer": above,
        "member": [row.institution_id for row in rows if row.institution_id != appraisal.lead_id],
    }
