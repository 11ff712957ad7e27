"""What a question to a specialist says, and what its steps ask."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.advice import reasons
from yilian.domains.advice.models import Priority, Recommendation, Use
from yilian.kernel.workflow.flow import Ask
from yilian.registry import oneself

PATIENT, WHOM, WHAT, TERMS, CONTACT = _("患者"), _("向谁咨询"), _("问题与病情"), _("知情与授权"), _("联系")
FORM = (
    Ask("patient", _("患者"), "patient", section=PATIENT),
    Ask("adviser", _("受邀机构"), "institution", section=WHOM, help=_("须与本机构同属一个医联体。")),
    Ask("adviser_department", _("受邀科室"), "department", source="adviser", required=False, section=WHOM),
    Ask("adviser_doctor", _("受邀医生"), "practitioner", source="adviser", required=False, section=WHOM),
    Ask("subject", _("诊疗科目"), "code", source="specialty", required=False, section=WHOM),
    Ask("priority", _("紧急程度"), "choice", choices=tuple((str(value), title) for value, title in Priority.choices),
        section=WHOM, initial=str(Priority.ROUTINE.value),
        help=_("按紧急程度计答复时限。危急患者请直接转诊或呼叫急救，不要在此等候答复。")),
    Ask("question", _("咨询的问题"), "longtext", max_length=2000, section=WHAT, is_copied=False),
    Ask("diagnosis", _("诊断"), "code", source="icd-10", required=False, section=WHAT),
    Ask("impression", _("初步印象"), max_length=200, section=WHAT),
    Ask("present_history", _("病情摘要"), "longtext", max_length=4000, section=WHAT),
    Ask("treatment", _("已做处理"), "longtext", max_length=4000, required=False, section=WHAT),
    Ask("patient_agrees", _("患者已知情同意"), "bool", required=False, section=TERMS, is_copied=False,
        help=_("已告知患者向外院咨询。对方只能看到本单和随单选定的病历文档。")),
    Ask("may_convert", _("授权对方拟转诊单"), "bool", required=False, section=TERMS,
        is_copied=False,
        help=_("对方认为需要时可代拟，存为本机构草稿，由本机构补全知情同意后发出；不授权的，对方只能建议转诊。")),
    Ask("asker_department", _("申请科室"), "department", required=False, section=CONTACT,
        initial=oneself.department_of, is_copied=False),
    Ask("asker_doctor", _("申请医生"), "practitioner", required=False, section=CONTACT, initial=oneself.doctor_of,
        is_copied=False),
    Ask("contact_phone", _("联系电话"), max_length=40, section=CONTACT, initial=oneself.phone_of),
)  # fmt: skip
ANSWER = Ask("answer", _("答复意见"), "longtext", max_length=4000, rows=5)
RECOMMENDATION = Ask("recommendation", _("处置建议"), "choice", choices=tuple(Recommendation.choices))
WANTED = Ask("details_wanted", _("需要补充的情况"), "longtext", max_length=2000)
GIVEN = Ask("details_given", _("补充的情况"), "longtext", max_length=4000)
FURTHER = Ask("further_question", _("追问"), "longtext", max_length=2000)
USE = Ask("use", _("采纳情况"), "choice", choices=tuple(Use.choices), required=False)
REASON = Ask("decline_reason", _("不受理原因"), "reason", source=reasons.DECLINE)
WARD = Ask("adviser_department", _("接诊科室"), "department", required=False, stands=True)
