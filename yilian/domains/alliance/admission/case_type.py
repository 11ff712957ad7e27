"""An institution joins: it applies, the lead checks six conditions and decides."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.alliance.admission import rules
from yilian.domains.alliance.admission.confirming import CONFIRMING
from yilian.domains.alliance.admission.effects import admit, confirm_applicant
from yilian.domains.alliance.admission.panel import conditions, memberships
from yilian.domains.alliance.claims import FREE, claim
from yilian.domains.alliance.models import Admission
from yilian.domains.alliance.models import AdmissionState as S
from yilian.domains.alliance.overseers import filing_authority, lead_of_consortium
from yilian.domains.alliance.panel_consortium import CONSORTIUM
from yilian.kernel import clock
from yilian.kernel.workflow.case_type import CaseType, Column, Panel, case_types
from yilian.kernel.workflow.flow import STAY, Ask, Deadline, Flow, Party, Side, Step
from yilian.registry.models.consortium import Closeness
from yilian.registry.regulations import S4

APPLICANT = Party("applicant", "office", "director", "secretary")
LEAD = Party("lead", "office", "director", "secretary")
CITE = S4.article("6.2")

FORM = (
    Ask("consortium", _("申请加入的医联体"), "consortium", help=_("可同时加入多个医联体")),
    Ask("statement", _("申请说明"), "longtext", max_length=4000, rows=5,
        help=_("本单位概况、拟开展的合作、负责对接的部门")),
    Ask("closeness", _("合作形式"), "choice", choices=tuple(Closeness.choices), required=False),
    Ask("contact", _("联系人"), max_length=60),
    Ask("contact_phone", _("联系电话"), max_length=40),
    Ask("agreement_signed_on", _("协议签订日期"), "date", required=False, section=_("合作协议"),
        help=_("协议文本作为附件上传")),
    Ask("agreement_until", _("协议期限至"), "date", required=False, section=_("合作协议")),
)  # fmt: skip

flow = Flow(
    start=S.DRAFT,
    finals=(S.ADMITTED, S.DECLINED, S.WITHDRAWN),
    steps=(
        Step("edit", _("修改申请"), (S.DRAFT, S.CORRECTING), STAY, APPLICANT, asks=FORM, duty=False),
        Step("submit", _("提交申请"), (S.DRAFT, S.CORRECTING), S.SUBMITTED, APPLICANT, needs=rules.APPLYING,
             completes=True, convenes=True, then=(claim("applicant_id", "consortium_id"),), style="primary", cite=CITE),
        Step("ask_for_more", _("要求补充材料"), S.SUBMITTED, S.CORRECTING, LEAD,
             asks=(Ask("missing", _("需补充的内容"), "longtext", max_length=1000),)),
        Step("attest", _("确认条件"), S.SUBMITTED, STAY, LEAD, asks=CONFIRMING, then=(confirm_applicant,), duty=False,
             cite=CITE, help=_("自报未核或登记信息不足以判断的，由牵头单位核对后确认；登记事项此后变更的须重新确认")),
        Step("admit", _("同意加入"), S.SUBMITTED, S.ADMITTED, LEAD, needs=rules.ADMITTING, then=(admit,), sets=FREE,
             style="primary", cite=CITE,
             asks=(Ask("joined_on", _("加入日期"), "date", initial=lambda actor: clock.today()),)),
        Step("decline", _("不同意加入"), S.SUBMITTED, S.DECLINED, LEAD, style="danger", sets=FREE,
             asks=(Ask("decline_reason", _("不同意原因"), "reason", source="alliance.decline"),)),
        Step("withdraw", _("撤回申请"), (S.DRAFT, S.SUBMITTED, S.CORRECTING), S.WITHDRAWN, APPLICANT, duty=False,
             sets=FREE, style="danger"),
    ),
    deadlines=(Deadline(S.SUBMITTED, "alliance.admission_days"),),
)  # fmt: skip

TONES = {
    S.DRAFT: "default", S.SUBMITTED: "warning", S.CORRECTING: "danger", S.ADMITTED: "success", S.DECLINED: "danger",
    S.WITHDRAWN: "default",
}  # fmt: skip

case_types.add(
    CaseType(
        key="admission",
        title=_("加入申请"),
        group=_("医联体治理"),
        prefix="JR",
        model=Admission,
        states={state: (state.label, tone) for state, tone in TONES.items()},
        sides=(
            Side("applicant", 1, _("申请单位")),
            Side("lead", 2, _("牵头单位")),
            Side("overseer", 3, _("卫生健康行政部门"), is_oversight=True),
        ),
        flow=flow,
        opens=(APPLICANT,),
        form=FORM,
        parties_from={"lead": "lead"},
        derives=lead_of_consortium,
        oversight=filing_authority,
        heading=lambda one: _("{who}加入{what}").format(who=one.applicant, what=one.consortium or "…"),
        columns=(
            Column("consortium", _("医联体")),
            Column("applicant", _("申请单位"), "institution"),
            Column("lead", _("牵头单位"), "institution"),
            Column("joined_on", _("加入日期"), "date", shown=False),
        ),
        panels=(
            CONSORTIUM,
            Panel("conditions", _("加入条件"), "alliance/conditions.html", conditions),
            Panel("memberships", _("已加入的医联体"), "alliance/memberships.html", memberships, aside=True),
        ),
        main_states=(S.DRAFT, S.SUBMITTED, S.ADMITTED),
        refusals={
            "admission_one_at_a_time": _("本单位已有一项加入该医联体的申请正在办理"),
            "membership_no_overlap": _("该机构在此期间已是成员"),
            "agreement_one_in_force": _("该机构与牵头单位已有一份有效的合作协议"),
        },
        icon="user-plus",
        verb_new=_("申请加入医联体"),
        help=_("机构向牵头单位申请加入，六项条件逐项对照登记信息核对，由牵头单位决定。医联体不排他，可同时加入多个。"),
    )
)
