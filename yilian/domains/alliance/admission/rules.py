"""What an admission must fulfil (S4 6.1 and 6.2)."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.alliance import attachment_kinds, records
from yilian.domains.alliance.admission.checking import checked_of
from yilian.domains.alliance.admission.conditions import CONDITIONS, Condition
from yilian.domains.alliance.grounds import IN_ORDER
from yilian.domains.alliance.models import Admission
from yilian.domains.alliance.rules_of_consortia import consortium_is_not_being_dissolved, consortium_is_running
from yilian.kernel import clock
from yilian.kernel.rules.rule import Rule, Verdict, rule
from yilian.registry.consortia import is_member
from yilian.registry.regulations import S0, S3, S4


@rule(_("申请单位尚不是该医联体的成员"), cite=IN_ORDER)
def applicant_is_no_member_yet(admission: Admission) -> bool:
    consortium = admission.consortium_id
    return consortium is None or not is_member(admission.applicant_id, consortium, clock.today())


@rule(_("六项加入条件中不得有确定不满足的"), cite=S4.article("6.2"))
def no_condition_is_unmet(admission: Admission) -> Verdict:
    found = checked_of(admission)
    unmet = [condition for condition in CONDITIONS if found[condition.key].is_met is False]
    if not unmet:
        return Verdict(True)
    detail = _("；").join(f"{one.key} {one.title}：{found[one.key].detail}" for one in unmet)
    days = [found[one.key].passes_on for one in unmet]
    return Verdict(False, detail, passes_on=max(day for day in days if day) if all(days) else None)


@rule(_("加入应签订合作协议并上传"), cite=(S0.article("管理制度 14"), S3.article("11")))
def agreement_is_attached(admission: Admission) -> bool:
    return records.has_attachment(admission, attachment_kinds.AGREEMENT)


@rule(_("加入日期不早于医联体成立日期，也不早于申请日期"), cite=IN_ORDER)
def joining_day_is_possible(admission: Admission, asked: bool = True) -> bool:
    if not asked or admission.joined_on is None or admission.consortium is None:
        return not asked
    opened = clock.local(admission.opened_at).date()
    return admission.joined_on >= max(opened, admission.consortium.founded_on)


def _condition_holds(condition: Condition) -> Rule:
    key = f"alliance.admission.condition_{condition.key.replace('.', '_')}"

    @rule(condition.title, cite=condition.cite, key=key)
    def holds(admission: Admission) -> Verdict:
        finding = checked_of(admission)[condition.key]
        return Verdict(finding.is_met, finding.detail, finding.passes_on)

    return holds


SIX = tuple(_condition_holds(condition) for condition in CONDITIONS)
APPLYING = (
    consortium_is_running,
    consortium_is_not_being_dissolved,
    applicant_is_no_member_yet,
    no_condition_is_unmet,
    agreement_is_attached,
)
ADMITTING = (
    consortium_is_running,
    consortium_is_not_being_dissolved,
    applicant_is_no_member_yet,
    *SIX,
    joining_day_is_possible,
)
