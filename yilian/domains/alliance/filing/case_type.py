"""The filing of a specialty alliance: who takes it from the application to the approval, and under which rules."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.alliance.claims import FREE, claim
from yilian.domains.alliance.filing import rules
from yilian.domains.alliance.filing.effects import competent, found_alliance
from yilian.domains.alliance.filing.form import FORM, MATERIALS
from yilian.domains.alliance.filing.overseers import bring_in
from yilian.domains.alliance.filing.panel import competence, materials
from yilian.domains.alliance.founders.effects import ask_founders
from yilian.domains.alliance.founders.panel import FOUNDERS
from yilian.domains.alliance.founders.rules import every_founder_has_agreed
from yilian.domains.alliance.founders.steps import CANDIDATE_SIDE, founding_steps
from yilian.domains.alliance.models import Filing
from yilian.domains.alliance.models import FilingState as S
from yilian.domains.alliance.panel_consortium import CONSORTIUM
from yilian.kernel import clock
from yilian.kernel.workflow.case_type import CaseType, Column, Panel, case_types
from yilian.kernel.workflow.flow import STAY, Ask, Deadline, Flow, Party, Side, Step
from yilian.registry.regulations import S3

APPLICANT = Party("applicant", "office", "director", "secretary")
AUTHORITY = Party("authority", "authority")
APPLIED = S3.article("9")

RETURN = Ask("return_reason", _("退回原因"), "reason", source="alliance.return")
REFUSE = Ask("refuse_reason", _("不同意原因"), "reason", source="alliance.refuse")
NUMBER = _("文号")

flow = Flow(
    start=S.DRAFT,
    finals=(S.APPROVED, S.REFUSED, S.WITHDRAWN),
    steps=(
        Step("edit", _("修改申请"), (S.DRAFT, S.CORRECTING), STAY, APPLICANT, asks=FORM, duty=False),
        Step("submit", _("提交设置申请"), (S.DRAFT, S.CORRECTING), S.SUBMITTED, APPLICANT, needs=rules.APPLICATION,
             completes=True, convenes=True, then=(claim("applicant_id", "specialty"),), style="primary", cite=APPLIED),
        Step("return_application", _("退回补正"), S.SUBMITTED, S.CORRECTING, AUTHORITY, asks=(RETURN,)),
        Step("consent", _("同意筹建"), S.SUBMITTED, S.PREPARING, AUTHORITY, style="primary", cite=APPLIED,
             asks=(Ask("consent_number", NUMBER, max_length=80, required=False),),
             needs=(rules.lead_is_not_banned, rules.name_is_free)),
        Step("prepare", _("填报筹建资料"), S.PREPARING, STAY, APPLICANT, asks=MATERIALS, partial=True, cite=APPLIED),
        Step("present", _("提交筹建资料"), S.PREPARING, S.REVIEWING, APPLICANT, needs=rules.PRESENTING, convenes=True,
             style="primary", cite=APPLIED, then=(ask_founders,),
             help=_("提交后请各成员单位逐家确认是否参加")),
        *founding_steps(S.REVIEWING, back_to=S.PREPARING, lead=APPLICANT, authority=AUTHORITY),
        Step("return_materials", _("退回筹建"), S.REVIEWING, S.PREPARING, AUTHORITY, asks=(RETURN,)),
        Step("order_visit", _("安排实地核实"), S.REVIEWING, S.VISITING, AUTHORITY, duty=False, cite=APPLIED,
             needs=(every_founder_has_agreed,),
             asks=(Ask("visit_planned_on", _("计划核实日期"), "date", required=False),)),
        Step("record_visit", _("记录实地核实"), S.VISITING, S.REVIEWING, AUTHORITY, style="primary", cite=APPLIED,
             help=_("现场照片先作为附件上传"),
             asks=(
                 Ask("visited_on", _("核实日期"), "date", initial=lambda actor: clock.today()),
                 Ask("visitors", _("核实人员"), max_length=120),
                 Ask("findings", _("核实情况"), "longtext", max_length=4000, rows=6),
                 Ask("visit_passed", _("达到筹建要求"), "bool"),
             )),
        Step("approve", _("同意设置"), S.REVIEWING, S.APPROVED, AUTHORITY, needs=rules.APPROVAL, style="primary",
             cite=APPLIED, then=(found_alliance,), sets=FREE, confirm=_("同意后联盟即告成立并列入名册。"),
             asks=(
                 Ask("approval_number", NUMBER, max_length=80),
                 Ask("approved_on", _("批准日期"), "date", initial=lambda actor: clock.today()),
             )),
        Step("refuse", _("不同意设置"), (S.SUBMITTED, S.REVIEWING), S.REFUSED, AUTHORITY, asks=(REFUSE,),
             sets=FREE, style="danger", cite=APPLIED),
        Step("withdraw", _("撤回申请"), (S.DRAFT, S.SUBMITTED, S.CORRECTING, S.PREPARING, S.REVIEWING), S.WITHDRAWN,
             APPLICANT, duty=False, sets=FREE, style="danger"),
    ),
    deadlines=(
        Deadline(S.SUBMITTED, "alliance.filing_review_days"),
        Deadline(S.PREPARING, "alliance.preparation_days"),
        Deadline(S.REVIEWING, "alliance.materials_review_days"),
    ),
)  # fmt: skip

TONES = {
    S.DRAFT: "default", S.SUBMITTED: "warning", S.CORRECTING: "danger", S.PREPARING: "info", S.REVIEWING: "warning",
    S.VISITING: "violet", S.APPROVED: "success", S.REFUSED: "danger", S.WITHDRAWN: "default",
}  # fmt: skip

case_types.add(
    CaseType(
        key="filing",
        title=_("专科联盟设置备案"),
        group=_("医联体治理"),
        prefix="LM",
        model=Filing,
        states={state: (state.label, tone) for state, tone in TONES.items()},
        sides=(
            Side("applicant", 1, _("牵头单位")),
            Side("authority", 2, _("备案机关")),
            Side("member", 3, _("成员单位")),
            Side("overseer", 4, _("上级卫生健康行政部门"), is_oversight=True),
            CANDIDATE_SIDE,
        ),
        flow=flow,
        opens=(APPLICANT,),
        form=FORM,
        parties_from={"authority": "authority"},
        derives=competent,
        oversight=bring_in,
        heading=lambda filing: filing.name or str(_("未命名的专科联盟")),
        columns=(
            Column("name", _("联盟名称")),
            Column("specialty_name", _("专科")),
            Column("applicant", _("牵头单位"), "institution"),
            Column("authority", _("备案机关"), "institution"),
            Column("approval_number", _("批准文号"), shown=False),
        ),
        panels=(
            CONSORTIUM,
            Panel("materials", _("筹建资料"), "pages/card_facts.html", materials),
            FOUNDERS,
            Panel("competence", _("备案机关"), "alliance/competence.html", competence, aside=True),
        ),
        main_states=(S.DRAFT, S.SUBMITTED, S.PREPARING, S.REVIEWING, S.APPROVED),
        refusals={
            "filing_one_at_a_time": _("本单位已有一项该专科的设置申请正在办理"),
            "council_one_chair": _("理事会只设理事长一名"),
        },
        icon="certificate",
        verb_new=_("申请设置专科联盟"),
        help=_(
            "牵头单位申请、备案机关同意筹建、提交章程与成员、成员逐家同意、审核并批复，依据专科联盟管理办法第二、三章。"
        ),
    )
)
