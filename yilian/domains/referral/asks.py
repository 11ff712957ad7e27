"""What the steps of a referral ask."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from yilian.domains.referral import reasons
from yilian.domains.referral.form import CONSENTING, ICD
from yilian.domains.referral.vocabulary import EncounterClass, Outcome
from yilian.kernel.workflow.flow import Ask

REFUSED_BY = {"consent_by": _("表示拒绝的人"), "consent_phone": _("拒绝人电话")}
RETURN_REASON = Ask("return_reason", _("退回修改的原因"), "longtext", max_length=500)
HEAD_NOTE = Ask("head_note", _("科主任意见"), max_length=300, required=False)
INFORMATION = (
    Ask("information_kind", _("须补充的资料"), "reason", source=reasons.INFORMATION),
    Ask("information_wanted", _("具体要求"), "longtext", max_length=1000, required=False),
)
INFORMATION_GIVEN = Ask("information_given", _("补充说明"), "longtext", help=_("文件请在“附件”中上传。"))
ACCEPTING = (
    Ask("receiver_department", _("接诊科室"), "department", required=False, stands=True),
    Ask("receiver_doctor", _("接诊医生"), "practitioner", required=False, stands=True),
    Ask("instruction", _("就诊须知"), "longtext", required=False, max_length=1000),
)
DECLINING = (
    Ask("decline_reason", _("拒收原因"), "reason", source=reasons.DECLINE),
    Ask("suggested_next", _("建议去向"), "institution", required=False),
)
NEW_RECEIVER = (
    Ask("receiver", _("新的转入机构"), "institution"),
    Ask("receiver_department", _("转入科室"), "department", source="receiver", required=False),
)
NEW_OUTSIDE = Ask("outside_institution", _("平台外机构名称"), max_length=120)
CONTACT = (
    Ask(
        "outside_contact",
        _("对接联系人"),
        max_length=80,
        required=False,
        help=_("新机构不在同一医疗集团、医共体时须填写。"),
    ),
    Ask("outside_contact_at", _("对接时间"), "datetime", required=False),
    Ask("outside_contact_note", _("对接情况"), max_length=300, required=False),
)
REDIRECT_REASON = Ask("redirect_reason", _("改转原因"), "reason", source=reasons.REDIRECT)
AGREED_AGAIN = Ask("patient_agrees", _("已再次告知患者并取得同意"), "bool", required=False)
APPOINTMENT = (
    Ask("appointment_start", _("开始时间"), "datetime"),
    Ask("appointment_end", _("结束时间"), "datetime"),
    Ask("appointment_place", _("就诊地点"), max_length=120),
)
WISH = Ask("wish", _("希望的时间与理由"), "longtext", max_length=500)
ARRIVAL = (
    Ask("arrived_at", _("到诊时间"), "datetime", required=False, help=_("不填为现在。")),
    Ask("encounter_class", _("就诊类别"), "choice", choices=EncounterClass.choices),
    Ask("encounter_number", _("门诊号或住院号"), max_length=40, required=False, is_personal=True),
)
INTERIM = Ask("interim_note", _("阶段反馈"), "longtext", rows=5)
DIED_ON = Ask("died_on", _("死亡日期"), "date", when="outcome=died")
CAUSE = (Ask("cause", _("缘由代码"), max_length=40), Ask("cause_title", _("缘由"), max_length=120))
"""What the system says when it closes a case because of another one."""
CORRECTION = (
    Ask("outcome", _("实际转归"), "choice", choices=tuple(pair for pair in Outcome.choices if pair[0] != Outcome.DIED)),
    Ask("correction_note", _("误登情况"), "longtext", max_length=500),
)
FEEDBACK = (
    Ask("discharge_diagnosis", _("诊断结果编码"), "code", source=ICD, required=False, stands=True),
    Ask("discharge_summary", _("诊断结果"), max_length=500, stands=True),
    Ask("main_results", _("主要检查结果"), "longtext", required=False, stands=True),
    Ask("treatment_given", _("治疗经过"), "longtext", stands=True),
    Ask("next_plan", _("下一步治疗方案及康复建议"), "longtext", stands=True),
    Ask("outcome", _("转归"), "choice", choices=Outcome.choices, stands=True),
    DIED_ON,
)
FOLLOWUP_FEEDBACK = (
    Ask("treatment_given", _("接续治疗经过"), "longtext"),
    Ask("outcome", _("转归"), "choice", choices=Outcome.choices),
    DIED_ON,
)
REOPENING = Ask("reopening_reason", _("重新打开的原因"), "longtext", max_length=500)
CANCEL_REASON = Ask("cancel_reason", _("撤回原因"), "reason", source=reasons.CANCEL)
REFUSAL_OF_CANCELLATION = Ask("cancellation_refusal", _("不同意撤销的理由"), "longtext", max_length=500)
NO_SHOW_REASON = Ask("no_show_reason", _("未到诊原因"), "reason", source=reasons.NO_SHOW)
HOLD_REASON = Ask("hold_reason", _("暂停原因"), "reason", source=reasons.HOLD)
FAILING = (
    Ask("failure_reason", _("未能完成原因"), "reason", source=reasons.FAILURE),
    replace(DIED_ON, when="failure_reason=died"),
)
APPROVAL = Ask(
    "approval_note", _("院方审批意见"), max_length=300, required=False, help=_("印在转诊单上；不填印“同意转诊”。")
)
ERROR_NOTE = Ask("error_note", _("误录情况"), "longtext", max_length=500)
MAY_BE_EMPTY = ("consent_phone", "is_of_consent_age")
SIGNING = tuple(
    replace(ask, section="", required=ask.name not in MAY_BE_EMPTY)
    for ask in CONSENTING
    if ask.name != "consent_choice"
)
"""What the form asks about the consent, all of it: the step says whether it was given."""
REFUSING = tuple(replace(ask, title=REFUSED_BY.get(ask.name, ask.title)) for ask in SIGNING)
GROUND = Ask(
    "consent_refusal_ground", _("患者拒绝后继续转诊的理由"), "longtext", max_length=500,
    help=_("写明病情的紧急与危险程度、不继续的后果，以及由谁决定。"),
)  # fmt: skip
