"""What a filing asks: the application, and the materials handed in after preparation."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.alliance.councils import seats_ask
from yilian.domains.alliance.models import Basis, Strength
from yilian.kernel.workflow.flow import Ask

ALLIANCE, AREA, REPORT = _("联盟"), _("覆盖范围与备案级别"), _("可行性报告")
BODIES, MEMBERS, CHARTER = _("组织机构"), _("成员单位"), _("章程")

FORM = (
    Ask("name", _("联盟名称"), max_length=120, section=ALLIANCE, help=_("行政区划＋专科名称＋专科联盟")),
    Ask("specialty", _("诊疗科目"), "code", source="specialty", section=ALLIANCE),
    Ask("basis", _("专科名称类别"), "choice", choices=tuple(Basis.choices), initial=Basis.SECOND_LEVEL,
        section=ALLIANCE),
    Ask("basis_note", _("选用说明"), "longtext", required=False, max_length=500, section=ALLIANCE,
        help=_("不取二级诊疗科目时填写"), when="basis=first_level|department|discipline|centre"),
    Ask("field_name", _("名称所用专科"), required=False, max_length=60, section=ALLIANCE,
        help=_("与诊疗科目名称不同时填写，如“胸痛中心”")),
    Ask("name_note", _("名称说明"), "longtext", required=False, max_length=500, section=ALLIANCE,
        help=_("名称不取三段式时写明理由")),
    Ask("coverage", _("覆盖区划"), "regions", section=AREA,
        help=_("县（区）内的由县（区）备案，跨县的由市备案，跨市或名称含省名的由省备案")),
    Ask("strengths", _("牵头单位优势"), "choices", required=False, choices=tuple(Strength.choices), section=REPORT),
    Ask("feasibility", _("可行性摘要"), "longtext", max_length=4000, section=REPORT, rows=6,
        help=_("需求、学科基础、牵头能力、工作设想；报告全文作为附件上传")),
)  # fmt: skip

MATERIALS = (
    Ask("charter_on", _("章程通过日期"), "date", required=False, section=CHARTER, help=_("章程全文作为附件上传")),
    Ask("charter_gist", _("章程要点"), "longtext", required=False, max_length=4000, section=CHARTER),
    Ask("council_since", _("本届理事会任期起"), "date", required=False, section=BODIES),
    seats_ask(required=False),
    Ask("secretariat", _("秘书处或办公室"), required=False, max_length=120, section=BODIES),
    Ask("secretariat_phone", _("秘书处电话"), required=False, max_length=40, section=BODIES),
    Ask("members", _("成员单位"), "institutions", required=False, section=MEMBERS,
        help=_("不含牵头单位；合作协议作为附件上传")),
)  # fmt: skip
