"""What must hold before a question is asked, and before it becomes a referral."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.advice.grounds import DECISION
from yilian.kernel import clock
from yilian.kernel.rules.rule import rule
from yilian.registry import known
from yilian.registry.consortia import shared_consortia
from yilian.registry.regulations import S4


@rule(_("受邀机构应是另一家机构"), cite=DECISION)
def adviser_is_another(advice) -> bool:
    return advice.adviser_id != advice.asker_id


@rule(_("只能向同一医联体的成员单位咨询"), cite=(S4.article("3.2.2"), S4.article("7.2.3")))
def adviser_is_a_member(advice) -> bool:
    if advice.adviser_id is None or advice.adviser_id == advice.asker_id:
        return True  # said by another sentence
    return bool(shared_consortia(advice.asker_id, advice.adviser_id, clock.today()))


@rule(_("受邀科室和医生应属于受邀机构"), cite=DECISION)
def colleagues_are_the_advisers(advice) -> bool:
    ward, doctor = advice.adviser_department_id, advice.adviser_doctor
    department = known.department(ward) if ward else None
    if ward and (department is None or department.institution_id != advice.adviser_id):
        return False
    return doctor is None or doctor.institution_id == advice.adviser_id


@rule(_("患者在世"), cite=DECISION)
def patient_is_alive(advice) -> bool | None:
    return None if advice.patient is None else not advice.patient.is_deceased


@rule(_("向外院咨询前，应告知患者并取得同意"), cite=DECISION)
def patient_is_asked(advice) -> bool:
    return advice.patient_agrees


@rule(_("转为转诊单须经申请方事先授权；未授权的，请答复并建议转诊"), cite=DECISION)
def conversion_is_authorised(advice) -> bool:
    return advice.may_convert
