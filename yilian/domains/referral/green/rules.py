"""What must hold of time points, of an emergency mode, and of whoever approves afterwards."""

from datetime import timedelta

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.referral import parameters
from yilian.domains.referral.green import times
from yilian.domains.referral.green.presets import POINTS
from yilian.domains.referral.grounds import EMERGENCY
from yilian.domains.referral.vocabulary import Approval
from yilian.kernel import clock
from yilian.kernel.rules.rule import Verdict, rule
from yilian.kernel.rules.values import value_of
from yilian.registry.consortia import lead_of
from yilian.registry.regulations import S4

CENTRES = S4.article("3.2.6")
SHORTEST = 10


@rule(_("只有急诊绿色通道登记时间节点，并须选定病种"), cite=CENTRES)
def kind_is_chosen(referral, asked) -> bool:
    return bool(referral.is_emergency and (referral.emergency_kind or not asked))


@rule(_("请至少填写一个时间节点"), cite=EMERGENCY)
def some_moment_is_given(referral, answers, asked) -> bool:
    return not asked or bool(times.given(answers.values()))


@rule(_("时间节点不能在将来"), cite=EMERGENCY)
def moments_are_past(referral, answers) -> Verdict:
    ahead = [str(POINTS[key].title) for key, at in times.given(answers.values()).items() if at > clock.now()]
    return Verdict(not ahead, "、".join(ahead))


@rule(_("时间节点应前后相符"), cite=EMERGENCY)
def moments_follow_each_other(referral, answers, asked) -> Verdict:
    """Compared with what was noted before; what is unknown stands in nobody's way."""
    if not asked:
        return Verdict(True)
    known = {key: row.at for key, row in times.known_of(referral.pk).items()}
    wrong = times.out_of_order(known | times.given(answers.values()))
    said = now("「{point}」早于「{before}」")
    return Verdict(not wrong, "；".join(said.format(point=POINTS[one].title, before=POINTS[two].title)
                                       for one, two in wrong))  # fmt: skip


@rule(_("应急模式由该医联体的牵头单位启用"), cite=(CENTRES, EMERGENCY))
def actor_leads(mode, actor) -> Verdict:
    lead = lead_of(mode.consortium_id, clock.today())
    if lead is None:
        return Verdict(mode.consortium_id is None or None, now("牵头单位尚未登记"))
    return Verdict(lead.pk == actor.institution_id, now("牵头单位是{name}").format(name=lead.name))


@rule(_("应写明启用依据（不少于 10 个字）"), cite=EMERGENCY)
def ground_is_written(mode, asked) -> bool:
    return not asked or len(mode.ground.strip()) >= SHORTEST


@rule(_("结束时间应在将来，且不超过最长启用时间"), cite=EMERGENCY)
def end_is_near(mode, asked) -> Verdict:
    if not asked or mode.until_at is None:
        return Verdict(True)
    hours = float(value_of(parameters.EMERGENCY_LONGEST, None, mode.consortium_id))
    latest = clock.now() + timedelta(hours=hours)
    detail = now("自现在起最长 {hours} 小时").format(hours=f"{hours:g}")
    return Verdict(clock.now() < mode.until_at <= latest, detail)


@rule(_("补审应随先行发出的转诊单办理"), cite=EMERGENCY)
def referral_is_named(owed) -> bool:
    return owed.waived_id is not None


@rule(_("由原定的审核人补审"), cite=EMERGENCY)
def approver_is_the_one_wanted(owed, actor) -> Verdict:
    """Where the head alone decides, the head does so afterwards; otherwise whoever has the last word in the house."""
    wanted = ("head", "director") if owed.route == Approval.HEAD else ("reception", "director")
    detail = Approval.HEAD.label if owed.route == Approval.HEAD else Approval.OFFICE.label
    return Verdict(actor.may(*wanted), str(detail))


@rule(_("补审由转诊单经办人以外的人办理"), cite=EMERGENCY)
def approver_is_another(owed, actor) -> bool:
    return owed.sent_by is None or actor.user_id != owed.sent_by
