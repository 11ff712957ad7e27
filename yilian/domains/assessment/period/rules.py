"""What must hold when a period is opened, locked, unlocked and published."""

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.assessment.grounds import CONSEQUENCES, HEARD, LOCKED, OWN, UNKNOWN, YEARLY
from yilian.domains.assessment.models import AssessmentPeriod, Sheet, SheetState
from yilian.domains.assessment.schemes import faults_of
from yilian.domains.assessment.schemes.keeping import in_force, known
from yilian.kernel import clock
from yilian.kernel.rules.rule import Verdict, rule
from yilian.kernel.workflow.answers import Answers
from yilian.registry.consortia import members_of
from yilian.registry.yearly_results import keeper_for

BEFORE_DRAFTED = (SheetState.COLLECTING, SheetState.SELF_ASSESSING, SheetState.REVIEWING, SheetState.CANCELLED)


@rule(_("由该医联体的牵头单位发起综合绩效考核"), cite=OWN)
def lead_opens_it(period: AssessmentPeriod) -> Verdict:
    lead = period.consortium.lead if period.consortium else None
    if lead is None:
        return Verdict(True)
    return Verdict(lead.pk == period.lead_id, now("牵头单位是{name}").format(name=lead.name))


@rule(_("医联体应有主管部门，由其复核和公布"), cite=YEARLY)
def authority_is_known(period: AssessmentPeriod) -> Verdict:
    return Verdict(period.authority_id is not None, now("主管部门尚未登记"))


@rule(_("考核期应已结束，起始日不晚于截止日"), cite=LOCKED)
def months_are_over(period: AssessmentPeriod) -> Verdict:
    if period.first_on is None or period.last_on is None:
        return Verdict(False, now("请填写起止日期"))
    if period.last_on < period.first_on:
        return Verdict(False, now("截止日早于起始日"))
    return Verdict(period.last_on <= clock.today(), now("考核期到 {day} 结束").format(day=period.last_on))


@rule(_("考核方案应适用于该类医联体，各评分项分值合计 100"), cite=OWN)
def scheme_fits(period: AssessmentPeriod) -> Verdict:
    consortium = period.consortium
    if consortium is None:
        return Verdict(False, now("请选择医联体"))
    scheme = known().get(period.scheme) if period.scheme else in_force(consortium, period.last_on or clock.today())
    if scheme is None:
        return Verdict(False, now("没有适用于该类医联体的考核方案"))
    if consortium.kind not in scheme.kinds:
        return Verdict(
            False, now("“{title}”不适用于{kind}").format(title=scheme.title, kind=consortium.get_kind_display())
        )
    faults = faults_of(scheme.items)
    return Verdict(not faults, now("；").join(faults))


@rule(_("考核期内应有成员单位"), cite=OWN)
def somebody_is_assessed(period: AssessmentPeriod) -> bool:
    return bool(period.consortium_id and period.last_on and members_of(period.consortium_id, period.last_on))


@rule(_("有指标无数据的，锁定前应说明如何处理"), cite=UNKNOWN)
def gaps_are_explained(period: AssessmentPeriod, answers: Answers, asked: bool = True) -> Verdict:
    gaps = sum(len(line["missing"]) for line in period.coverage)
    is_explained = bool(answers.get("gaps_note") or period.gaps_note)
    return Verdict(
        not asked or not gaps or is_explained, now("有 {n} 个指标的部分单位无数据").format(n=len(period.coverage))
    )


@rule(_("得分拟定后不能再解锁数据"), cite=LOCKED)
def nobody_is_scored_yet(period: AssessmentPeriod) -> Verdict:
    rows = Sheet.objects.filter(period=period.pk).exclude(state__in=BEFORE_DRAFTED)
    names = [str(row.member) for row in rows.select_related("member")]
    return Verdict(not names, now("已拟定得分：{names}").format(names=now("、").join(names)))


@rule(_("各成员单位的得分均已确定后方可公布"), cite=HEARD)
def every_score_is_final(period: AssessmentPeriod) -> Verdict:
    rows = Sheet.objects.filter(period=period.pk).exclude(state__in=(SheetState.FINAL, SheetState.CANCELLED))
    names = [str(row.member) for row in rows.select_related("member")]
    return Verdict(not names, now("尚未确定：{names}").format(names=now("、").join(names)))


@rule(_("专科联盟的年度考核结果按年度公布一次，由其主管部门公布"), cite=(YEARLY, CONSEQUENCES))
def alliance_takes_the_result(period: AssessmentPeriod) -> Verdict:
    keeper = keeper_for(period.consortium, period.first_on, period.last_on)
    against = keeper.against(period.consortium, period.last_on.year, period.authority_id) if keeper else []
    return Verdict(not against, now("；").join(against))


OPENING = (lead_opens_it,)
STARTING = (lead_opens_it, authority_is_known, months_are_over, scheme_fits, somebody_is_assessed)
PUBLISHING = (every_score_is_final, alliance_takes_the_result)
