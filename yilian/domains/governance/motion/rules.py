"""What must hold when a motion is put, voted on and counted."""

from datetime import datetime

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.governance.grounds import ACTS_BY_ITSELF, COUNTED_ONCE, IN_ORDER
from yilian.domains.governance.membership import actor_leads_the_consortium, consortium_is_running, members_today
from yilian.domains.governance.models import Matter, Motion
from yilian.domains.governance.motion.electorate import still_to_vote
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.rules.parameter import BadValueError, parameters
from yilian.kernel.rules.rule import Verdict, rule
from yilian.registry.models import Institution
from yilian.registry.regulations import S4


@rule(_("新取值应是该参数可用的值"), cite=ACTS_BY_ITSELF)
def value_fits_the_parameter(motion: Motion) -> Verdict:
    if motion.matter != Matter.PARAMETER or not motion.parameter:
        return Verdict(True)
    parameter = parameters.get(motion.parameter)
    if parameter is None:
        return Verdict(False, now("没有参数 {key}").format(key=motion.parameter))
    try:
        parameter.read(motion.value)
    except BadValueError as bad:
        return Verdict(False, now("「{title}」：{why}").format(title=parameter.title, why=bad))
    return Verdict(True)


@rule(_("生效日期不早于提交表决的日期"), cite=ACTS_BY_ITSELF)
def effective_day_is_to_come(motion: Motion) -> Verdict:
    day = motion.effective_on if motion.matter == Matter.PARAMETER else None
    return Verdict(day is None or day >= clock.today(), now("填写的是 {day}").format(day=day))


@rule(_("承办单位应是该医联体的成员，完成期限不早于今天"), cite=ACTS_BY_ITSELF)
def tasks_can_be_done(motion: Motion) -> Verdict:
    members, today = members_today(motion.consortium_id), clock.today().isoformat()
    bad = [row["what"] for row in motion.tasks if row["doer"] not in members or row["until_on"] < today]
    return Verdict(not bad, now("、").join(bad))


@rule(_("表决单位应仍是该医联体的成员"), cite=(S4.article("6.1"), COUNTED_ONCE))
def voter_is_a_member(motion: Motion, actor: Actor) -> bool:
    return actor.institution_id in members_today(motion.consortium_id)


@rule(_("应在表决期限内表决"), cite=IN_ORDER)
def voting_is_open(motion: Motion, at: datetime | None = None) -> Verdict:
    if motion.due is None:
        return Verdict(True)
    until = clock.local(motion.due).strftime("%Y-%m-%d %H:%M")
    return Verdict((at or clock.now()) <= motion.due, now("表决已于 {until} 截止").format(until=until))


@rule(_("全部单位表决完毕或表决期限届满后计票"), cite=COUNTED_ONCE)
def voting_is_over(motion: Motion, at: datetime | None = None) -> Verdict:
    missing = still_to_vote(motion)
    if not missing or (motion.due is not None and (at or clock.now()) >= motion.due):
        return Verdict(True)
    names = Institution.objects.filter(pk__in=missing).order_by("pk").values_list("name", flat=True)
    return Verdict(False, now("尚未表决：{names}").format(names=now("、").join(names)))


PUTTING = (
    consortium_is_running,
    actor_leads_the_consortium,
    value_fits_the_parameter,
    effective_day_is_to_come,
    tasks_can_be_done,
)
VOTING = (voter_is_a_member, voting_is_open)
COUNTING = (voting_is_over, value_fits_the_parameter)
