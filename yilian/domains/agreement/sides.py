"""Who sits on which side of an agreement: drafter, partners who still have to answer, those who have, who watches."""

from collections.abc import Mapping

from yilian.domains.agreement.models import Agreement
from yilian.kernel import clock
from yilian.kernel.workflow.models import Case
from yilian.kernel.workflow.moment import Moment
from yilian.kernel.workflow.parties import join, leave
from yilian.registry.consortia import authority_for, lead_of

DRAFTER, PARTNER, DONE = "drafter", "partner", "done"


def bring_in(agreement: Agreement, named: Mapping[str, int]) -> dict[str, list[int]]:
    """Return the partners, and who watches: the consortium's lead unless it is a party, and the nearest authority."""
    parties, lead = agreement.signatories, lead_of(agreement.consortium_id, clock.today())
    watching = [lead.pk] if lead and lead.pk not in parties else []
    region = agreement.consortium.region_id or (lead.region_id if lead else None)
    authority = authority_for(region)
    return {
        PARTNER: [one for one in parties if one != agreement.drafter_id],
        "lead": watching,
        "authority": [authority.pk] if authority and authority.pk not in parties else [],
    }


def on_side(case: Case, side: str) -> list[int]:
    """Return the institutions on a side."""
    code = case.case_type.side(side).code
    return [row.institution_id for row in case.taking_part() if row.side == code]


def has_answered(moment: Moment) -> None:
    """Let a partner that has answered wait for the others."""
    place = moment.actor.institution_id
    if place in on_side(moment.case, PARTNER):
        join(moment.case, place, DONE)
        leave(moment.case, place, PARTNER)


def let_all_answer_again(moment: Moment) -> None:
    """Every partner that has answered has to answer once more."""
    for place in on_side(moment.case, DONE):
        join(moment.case, place, PARTNER)
        leave(moment.case, place, DONE)
