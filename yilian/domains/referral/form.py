"""The form of a referral: the fields of the paper forms, under the headings people know."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from yilian.domains.referral import prefill, reasons
from yilian.domains.referral.vocabulary import (
    ConsentChoice,
    Destination,
    Direction,
    EmergencyKind,
    Priority,
    Transport,
)
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.flow import Ask
from yilian.registry import oneself

PATIENT, WHERE, WHAT, CONSENT, CONTACT = _("患者"), _("转诊去向"), _("病情"), _("知情同意"), _("联系")
INSIDE, OUTSIDE, ONLY_DOWN = "destination=network", "destination=outside", "direction=down"
ICD, RELATION = "icd-10", "relationship"


def name_of(actor: Actor) -> str:
    return actor.name


def this_moment(actor: Actor) -> Any:
    return clock.now()


RECEIVER = (
    Ask("receiver", _("转入机构"), "institution", section=WHERE, when=INSIDE),
    Ask(
        "receiver_department", _("转入科室"), "department", source="receiver", required=False, section=WHERE,
        when=INSIDE,
    ),
)  # fmt: skip
CONTACTED = tuple(
    replace(ask, required=False, section=WHERE, shown=prefill.beyond_ones_own)
    for ask in (
        Ask("outside_contact", _("对接联系人"), max_length=80,
            help=_("转往本医疗集团、医共体外的机构前须先对接，记下与谁、何时、怎样商定。")),
        Ask("outside_contact_at", _("对接时间"), "datetime", is_copied=False),
        Ask("outside_contact_note", _("对接情况"), max_length=300, is_copied=False),
    )
)  # fmt: skip
CONSENTING = (
    Ask("consent_choice", _("患者意见"), "choice", choices=ConsentChoice.choices, required=False, section=CONSENT,
        is_copied=False,
        help=_("已告知病情、转诊原因与必要性、途中风险、到院后以接收机构评估为准。急诊可先救治，限期补签。")),
    Ask("consent_by", _("签署人"), max_length=60, required=False, section=CONSENT, is_personal=True),
    Ask("consent_relation", _("与患者关系"), "code", source=RELATION, required=False, section=CONSENT),
    Ask("is_of_consent_age", _("已核实患者已满十四周岁"), "bool", required=False, section=CONSENT, is_copied=False,
        when="consent_relation=0", help=_("由本人签署而患者出生日期不详时勾选；出生日期已登记的不必。")),
    Ask("consent_phone", _("签署人电话"), max_length=40, required=False, section=CONSENT, is_personal=True),
    Ask("consent_told_by", _("告知医生"), max_length=60, required=False, section=CONSENT, initial=name_of,
        is_copied=False),
    Ask("consent_told_at", _("告知时间"), "datetime", required=False, section=CONSENT,
        initial=this_moment, is_copied=False),
)  # fmt: skip
VITAL_SIGNS = tuple(
    Ask(name, title, kind, required=False, minimum=low, maximum=high, section=WHAT, is_copied=False)
    for name, title, kind, low, high in (
        ("temperature", _("体温（℃）"), "decimal", 25, 45),
        ("pulse", _("脉搏（次/分）"), "int", 0, 300),
        ("respiration", _("呼吸（次/分）"), "int", 0, 120),
        ("systolic", _("收缩压（mmHg）"), "int", 0, 350),
        ("diastolic", _("舒张压（mmHg）"), "int", 0, 250),
        ("oxygen_saturation", _("血氧饱和度（%）"), "int", 0, 100),
    )
)
FORM = (
    Ask("patient", _("患者"), "patient", section=PATIENT,
        help=_("医保证（卡）号、健康档案编号在患者资料里补登一次，转诊单上自动带出，隐去部分数字。")),
    Ask("is_no_duplicate", _("已核对：与患者其他未结束的转诊不是同一问题"), "bool", required=False, section=PATIENT,
        is_copied=False, help=_("患者没有其他未结束的转诊时不必勾选。")),
    Ask("direction", _("转诊方向"), "choice", choices=Direction.choices, section=WHERE, initial=str(Direction.UP)),
    Ask("priority", _("紧急程度"), "choice", choices=tuple((str(value), title) for value, title in Priority.choices),
        section=WHERE, initial=str(Priority.ROUTINE.value)),
    Ask("destination", _("去向"), "choice", choices=Destination.choices, section=WHERE,
        initial=str(Destination.NETWORK)),
    *RECEIVER,
    Ask("outside_institution", _("平台外机构名称"), max_length=120, section=WHERE, when=OUTSIDE),
    *CONTACTED,
    Ask("up_reason", _("转出原因"), "reason", source=reasons.UP, section=WHERE, when="direction=up|lateral"),
    Ask("down_reason", _("下转原因"), "reason", source=reasons.DOWN, section=WHERE, when=ONLY_DOWN),
    Ask("reason_note", _("原因说明"), max_length=500, required=False, section=WHERE),
    Ask("transport", _("转运方式"), "choice", choices=Transport.choices, required=False, section=WHERE),
    Ask("needs_escort", _("需医护随行"), "bool", required=False, section=WHERE),
    Ask("is_emergency", _("急诊绿色通道"), "bool", required=False, section=WHERE, is_copied=False,
        help=_("可先发出、先到诊，知情同意限期补签；院内审核限期补审。")),
    Ask("emergency_kind", _("绿色通道病种"), "choice", choices=EmergencyKind.choices, required=False, section=WHERE,
        when="is_emergency=true", is_copied=False, help=_("选定后按病种登记救治时间节点。")),
    Ask("diagnosis", _("诊断"), "code", source=ICD, required=False, section=WHAT),
    Ask("impression", _("初步印象"), max_length=200, section=WHAT),
    Ask("other_diagnoses", _("其他诊断"), max_length=500, required=False, section=WHAT),
    Ask("present_history", _("主要现病史（转出原因）"), "longtext", section=WHAT, when="direction=up|lateral"),
    Ask("past_history", _("主要既往史"), "longtext", required=False, section=WHAT, rows=2),
    Ask("allergies", _("过敏史"), max_length=500, required=False, section=WHAT),
    Ask("results", _("检查结果"), "longtext", required=False, section=WHAT),
    Ask("treatment", _("治疗经过"), "longtext", section=WHAT),
    *VITAL_SIGNS,
    Ask("record_number", _("住院病案号"), max_length=40, required=False, section=WHAT, when=ONLY_DOWN,
        is_personal=True),
    Ask("care_plan", _("下一步治疗方案及康复建议"), "longtext", section=WHAT, when=ONLY_DOWN),
    Ask("followup_task", _("随访内容"), max_length=200, required=False, section=WHAT, when=ONLY_DOWN),
    Ask("followup_on", _("首次随访日期"), "date", required=False, section=WHAT, when=ONLY_DOWN, is_copied=False),
    *CONSENTING,
    Ask("sender_department", _("转出科室"), "department", required=False, section=CONTACT,
        initial=oneself.department_of, is_copied=False),
    Ask("sender_doctor", _("转诊医生"), "practitioner", required=False, section=CONTACT, initial=oneself.doctor_of,
        is_copied=False),
    Ask("contact_phone", _("联系电话"), max_length=40, section=CONTACT, initial=prefill.phone_of),
)  # fmt: skip
