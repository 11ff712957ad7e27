"""What an exit leaves behind: an ended agreement and an ended membership."""

from yilian.domains.alliance.models import Agreement, Exit
from yilian.kernel import clock
from yilian.kernel.workflow.moment import Moment
from yilian.registry.consortia import memberships
from yilian.registry.memberships import leave_consortium


def end_agreement(moment: Moment) -> None:
    """Note the day on which the agreement with the member ends."""
    case: Exit = moment.case
    running = Agreement.objects.filter(consortium=case.consortium_id, institution=case.member_id, ended_on=None)
    running.update(ended_on=moment.answers.get("agreement_ended_on"))


def leave(moment: Moment) -> None:
    """End the membership on the day the member named."""
    case: Exit = moment.case
    rows = memberships(clock.today()).filter(consortium=case.consortium_id, institution=case.member_id)
    leave_consortium(rows.get(), by=moment.actor, on=case.left_on)
