"""What must hold when a motion is put, voted on and counted."""

from datetime import datetime

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.governance.grounds import ACTS_BY_ITSELF, COUNTED_ONCE, IN_ORDER
from yilian.domains.governance.grounds import SEATED as SEATED_RULE
from yilian.domains.governance.membership import actor_leads_the_consortium, consortium_is_running, members_today
from yilian.domains.governance.models import Appointment, AppointmentState, Ballots, Matter, Motion, MotionState, Way
from yilian.domains.governance.motion.electorate import entitled, seats_to_vote, still_to_vote
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.rules.parameter import BadValueError, parameters
from yilian.kernel.rules.rule import Verdict, rule
from yilian.kernel.workflow.answers import Answers
from yilian.registry.models import Institution
from yilian.registry.regulations import S4
from yilian.registry.resolutions import matter_of, waiting


@rule(_("新取值应是该参数可用的值"), cite=ACTS_BY_ITSELF)
def value_fits_the_parameter(motion: Motion) -> Verdict:
    if motion.matter != Matter.PARAMETER or not motion.parameter:
        return Verdict(True)
    parameter = parameters.get(motion.parameter)
    if parameter is None:
        return Verdict(False, now("没有参数 {key}").format(key=motion.parameter))
    try:
        parameter.accept(motion.value)
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


@rule(_("由机构表决的议案，该机构应运行并有席位"), cite=SEATED_RULE)
def body_can_vote(motion: Motion) -> Verdict:
    if motion.body is None:
        return Verdict(True)
    if motion.body.consortium_id != motion.consortium_id or motion.body.until_on is not None:
        return Verdict(False, now("{name}不属于该医联体或已撤销").format(name=motion.body))
    return Verdict(bool(entitled(motion)), now("{name}没有现任席位").format(name=motion.body))


@rule(_("按席位票数表决的议案应由设有席位的机构表决"), cite=SEATED_RULE)
def weights_come_from_seats(motion: Motion) -> bool:
    return motion.voting != Ballots.WEIGHTED or motion.body_id is not None


@rule(_("席位任免的议案应写明本医联体待决定的提名"), cite=ACTS_BY_ITSELF)
def nomination_waits(motion: Motion) -> bool:
    if motion.matter != Matter.SEATS or motion.nomination is None:
        return True
    waiting = Appointment.objects.filter(pk=motion.nomination, state=AppointmentState.NOMINATED, way=Way.VOTE)
    return waiting.filter(consortium_id=motion.consortium_id).exists()


@rule(_("所选席位应由本单位投票且尚未表决"), cite=SEATED_RULE)
def seat_is_ours(motion: Motion, actor: Actor, answers: Answers, asked: bool = True) -> bool:
    left = {seat.pk for seat in seats_to_vote(motion, actor.institution_id)}
    return bool(left) if not asked else answers.get("seat") in left


@rule(_("事项审议的议案应写明本医联体正等待审议的事项，由有权审议的机构表决"), cite=ACTS_BY_ITSELF)
def case_waits_for_the_body(motion: Motion) -> Verdict:
    if motion.matter != Matter.CASE:
        return Verdict(True)
    case = waiting(motion.about)
    if case is None or case.consortium_id != motion.consortium_id:
        return Verdict(False, now("所选事项已不在等待审议"))
    matter = matter_of(case)
    bodies = matter.ask(case).bodies if matter else ()
    return Verdict(motion.body is not None and motion.body.kind in bodies, now("请选择有权审议的机构"))


@rule(_("同一事项同时只有一件议案"), cite=COUNTED_ONCE)
def case_is_put_once(motion: Motion) -> Verdict:
    others = Motion.objects.filter(about=motion.about, state=MotionState.VOTING).exclude(pk=motion.pk)
    other = others.first() if motion.matter == Matter.CASE and motion.about else None
    return Verdict(other is None, now("{number} 正在表决").format(number=other.number if other else ""))


PUTTING = (
    consortium_is_running,
    actor_leads_the_consortium,
    value_fits_the_parameter,
    effective_day_is_to_come,
    tasks_can_be_done,
    body_can_vote,
    weights_come_from_seats,
    nomination_waits,
    case_waits_for_the_body,
    case_is_put_once,
)
VOTING = (voter_is_a_member, voting_is_open)
SEAT_VOTING = (*VOTING, seat_is_ours)
COUNTING = (voting_is_over, value_fits_the_parameter)
