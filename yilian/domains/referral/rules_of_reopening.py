"""What must hold before a completed referral is opened again."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.domains.referral import parameters
from yilian.domains.referral.grounds import ENDING
from yilian.kernel import clock
from yilian.kernel.rules.rule import Verdict, rule
from yilian.kernel.rules.values import value_of
from yilian.registry.regulations import S4


@rule(gettext_lazy("只有平台内机构反馈过的转诊能重新打开"), cite=S4.article("3.2.5"))
def answer_came_from_inside(referral) -> bool:
    return not referral.is_outside and referral.feedback_at is not None


@rule(gettext_lazy("登记了患者死亡的，应先更正误登的死亡"), cite=ENDING)
def death_is_not_recorded(referral) -> bool:
    return referral.died_on is None


@rule(gettext_lazy("办结后超过期限的不能重新打开，请另行转诊或留言"), cite=S4.article("3.2.5"))
def reopening_is_in_time(referral) -> Verdict:
    """Within a number of days of the completion; the number awaits local confirmation."""
    days = value_of(parameters.REOPENING, referral.receiver_id, referral.consortium_id)
    last = clock.local(referral.since).date() + timedelta(days=int(days))
    return Verdict(clock.today() <= last, _("期限为办结后 {days} 天，至 {last}").format(days=days, last=last))
