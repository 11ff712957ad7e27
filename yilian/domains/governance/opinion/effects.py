"""To whom an opinion goes, and what follows when its author does not accept the answer."""

from django.utils.translation import gettext as _

from yilian.domains.governance.models import Remark
from yilian.kernel import clock
from yilian.kernel.workflow.models import Case
from yilian.kernel.workflow.moment import Moment
from yilian.registry.agenda import Point, put_on_agenda
from yilian.registry.consortia import lead_of
from yilian.registry.regulations import S4


def lead_today(case: Case) -> dict[str, object]:
    """Return the column of the lead: whoever leads the consortium today."""
    lead = lead_of(case.consortium_id, clock.today())
    return {"lead_id": lead.pk if lead else None}


def note_day(moment: Moment) -> None:
    moment.set(answered_on=clock.today())


def bring_before_the_meeting(moment: Moment) -> None:
    """Let an opinion whose answer is not accepted be talked about at the next meeting."""
    opinion: Remark = moment.case
    title = _("意见与建议：{subject}").format(subject=opinion.subject)
    ground = f"{opinion.number}，{S4.article('7.2.4')}"
    put_on_agenda(Point(opinion.consortium_id, title, ground, opinion.pk), by=moment.actor)
