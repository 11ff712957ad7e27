"""What must hold when a report is opened, approved and acknowledged."""

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.qualityreport.grounds import ANSWERED, FOUR_EYES, WHOLE_QUARTERS
from yilian.domains.qualityreport.models import QualityReport
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.clock.periods import BadPeriodError, parse
from yilian.kernel.rules.rule import Verdict, rule
from yilian.registry.consortia import is_member, lead_of
from yilian.registry.regulations import S1

QUARTER = 3


@rule(_("季度写作 2026Q3，且已经结束"), cite=(S1.article("5"), WHOLE_QUARTERS))
def quarter_is_over(report: QualityReport) -> bool:
    try:
        period = parse(report.quarter)
    except BadPeriodError:
        return False
    return period.months == QUARTER and period.last < clock.today()


@rule(_("由医联体的牵头单位为其成员编写"), cite=S1.article("5"))
def is_of_the_own_consortium(report: QualityReport) -> Verdict:
    if report.consortium_id is None or report.member_id is None:
        return Verdict(False, now("请选择医联体和被评单位"))
    lead = lead_of(report.consortium_id, clock.today())
    if lead is None or lead.pk != report.lead_id:
        return Verdict(False, now("本机构不是所选医联体的牵头单位"))
    return Verdict(is_member(report.member_id, report.consortium_id, clock.today()), now("所选机构不是成员单位"))


@rule(_("批准人不是意见填写人"), cite=FOUR_EYES)
def approver_is_another(report: QualityReport, actor: Actor) -> bool:
    line = report.history.filter(verb="comment").order_by("-seq").first()
    return line is None or actor.user_id != line.actor_id


@rule(_("有异常指标的报告，签收时写明整改措施"), cite=(ANSWERED, S1.article("7")))
def measures_are_named(report: QualityReport, answers: dict, asked: bool = True) -> bool:
    return not asked or not report.outliers or bool(str(answers.get("measures") or report.measures).strip())


@rule(_("科室报告写牵头单位自己的科室"), cite=S1.article("5"))
def department_is_the_leads(report: QualityReport) -> Verdict:
    department = report.department
    if department is None:
        return Verdict(True)
    is_own = department.institution_id == report.member_id == report.lead_id
    return Verdict(is_own, now("{name}不是牵头单位的科室").format(name=department.name))


OPENING = (quarter_is_over, is_of_the_own_consortium, department_is_the_leads)
