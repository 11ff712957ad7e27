"""The establishment of a group, community or network: planned by the authority or applied for by the lead."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.alliance.claims import FREE
from yilian.domains.alliance.establishment import rules
from yilian.domains.alliance.establishment.effects import claim_grid_or_name, competent, found_consortium
from yilian.domains.alliance.establishment.form import FORM
from yilian.domains.alliance.establishment.overseers import bring_in
from yilian.domains.alliance.founders.effects import ask_founders
from yilian.domains.alliance.founders.panel import FOUNDERS
from yilian.domains.alliance.founders.steps import CANDIDATE_SIDE, founding_steps
from yilian.domains.alliance.models import Establishment
from yilian.domains.alliance.models import EstablishmentState as S
from yilian.domains.alliance.panel_consortium import CONSORTIUM
from yilian.domains.alliance.sides import OF_A_CONSORTIUM
from yilian.kernel import clock
from yilian.kernel.workflow.case_type import CaseType, Column, case_types
from yilian.kernel.workflow.flow import STAY, Ask, Deadline, Flow, Party, Step
from yilian.registry.regulations import S0, S2

LEAD = Party("lead", "office", "director", "secretary")
AUTHORITY = Party("authority", "authority")
PLANNED, GRIDDED = S0.article("国办法 3"), S2.article("2.1.1")

flow = Flow(
    start=S.DRAFT,
    finals=(S.APPROVED, S.REFUSED, S.WITHDRAWN),
    steps=(
        Step("edit", _("修改"), (S.DRAFT, S.ASSIGNED, S.CORRECTING), STAY, LEAD, asks=FORM, duty=False),
        Step("plan", _("修改规划"), S.DRAFT, STAY, AUTHORITY, asks=FORM, partial=True, duty=False),
        Step("assign", _("指定牵头单位"), S.DRAFT, S.ASSIGNED, AUTHORITY, style="primary", convenes=True, cite=PLANNED,
             sets={"is_assigned": True}, needs=(*rules.GRID, rules.grid_lies_in_the_region),
             asks=(Ask("lead", _("牵头单位"), "institution"),)),
        Step("submit", _("提交建设方案"), (S.DRAFT, S.ASSIGNED, S.CORRECTING), S.SUBMITTED, LEAD, style="primary",
             needs=rules.SUBMITTING, completes=True, convenes=True, then=(claim_grid_or_name, ask_founders),
             cite=GRIDDED, help=_("提交后请各成员单位逐家确认是否参加")),
        *founding_steps(S.SUBMITTED, back_to=S.CORRECTING, lead=LEAD, authority=AUTHORITY),
        Step("return", _("退回补正"), S.SUBMITTED, S.CORRECTING, AUTHORITY,
             asks=(Ask("return_reason", _("退回原因"), "reason", source="alliance.return"),)),
        Step("approve", _("批复成立"), S.SUBMITTED, S.APPROVED, AUTHORITY, needs=rules.APPROVING, style="primary",
             then=(found_consortium,), sets=FREE, cite=PLANNED, confirm=_("批复后医联体即告成立并列入名册。"),
             asks=(
                 Ask("approval_number", _("批复文号"), max_length=80),
                 Ask("approved_on", _("批复日期"), "date", initial=lambda actor: clock.today()),
                 Ask("exception_reason", _("同意省级医院牵头的理由"), "longtext", required=False, max_length=1000,
                     help=_("省级医院原则上不牵头网格，同意例外时必填")),
             )),
        Step("refuse", _("不予批复"), S.SUBMITTED, S.REFUSED, AUTHORITY, style="danger", sets=FREE,
             asks=(Ask("refuse_reason", _("不予批复原因"), "reason", source="alliance.refuse"),)),
        Step("withdraw", _("撤回"), (S.DRAFT, S.SUBMITTED, S.CORRECTING), S.WITHDRAWN, LEAD, duty=False, sets=FREE,
             style="danger"),
        Step("cancel", _("取消规划"), (S.DRAFT, S.ASSIGNED), S.WITHDRAWN, AUTHORITY, duty=False, style="danger"),
    ),
    deadlines=(Deadline(S.ASSIGNED, "alliance.preparation_days"), Deadline(S.SUBMITTED, "alliance.filing_review_days")),
)  # fmt: skip

TONES = {
    S.DRAFT: "default", S.ASSIGNED: "violet", S.SUBMITTED: "warning", S.CORRECTING: "danger", S.APPROVED: "success",
    S.REFUSED: "danger", S.WITHDRAWN: "default",
}  # fmt: skip

case_types.add(
    CaseType(
        key="establishment",
        title=_("医联体建立"),
        group=_("医联体治理"),
        prefix="JL",
        model=Establishment,
        states={state: (state.label, tone) for state, tone in TONES.items()},
        sides=(*OF_A_CONSORTIUM, CANDIDATE_SIDE),
        flow=flow,
        opens=(LEAD, AUTHORITY),
        form=FORM,
        parties_from={"lead": "lead", "authority": "authority"},
        derives=competent,
        oversight=bring_in,
        heading=lambda establishment: establishment.name or str(_("未命名的医联体")),
        columns=(
            Column("name", _("名称")),
            Column("form", _("类型")),
            Column("grid", _("网格")),
            Column("lead", _("牵头单位"), "institution"),
            Column("authority", _("主管部门"), "institution"),
        ),
        panels=(CONSORTIUM, FOUNDERS),
        main_states=(S.DRAFT, S.SUBMITTED, S.APPROVED),
        refusals={
            "establishment_one_at_a_time": _("该网格（或名称）已有一项申请正在办理"),
            "consortium_one_per_grid": _("该网格已由其他集团或医共体负责"),
        },
        in_menu=False,
        icon="building-community",
        verb_new=_("建立医联体"),
        help=_(
            "城市医疗集团、县域医共体由主管部门规划网格或由医院申请，远程医疗协作网由机构自主组建；成员逐家同意、批复后列入名册。"
        ),
    )
)
