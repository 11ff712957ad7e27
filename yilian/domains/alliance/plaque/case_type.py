"""A member asks for the plaque, the lead consents, and the right to it ends by itself when its ground is gone."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.alliance.claims import FREE, claim
from yilian.domains.alliance.models import PlaqueRequest
from yilian.domains.alliance.models import PlaqueState as S
from yilian.domains.alliance.overseers import filing_authority
from yilian.domains.alliance.panel_consortium import CONSORTIUM
from yilian.domains.alliance.plaque import rules
from yilian.domains.alliance.plaque.effects import lead_and_name, note_lapse, put_up, take_down
from yilian.kernel import clock
from yilian.kernel.workflow.case_type import CaseType, Column, case_types
from yilian.kernel.workflow.flow import CLOCK, STAY, Ask, Deadline, Flow, Party, Side, Step
from yilian.registry.models.institution import Ending
from yilian.registry.regulations import S4

MEMBER = Party("applicant", "office", "director", "secretary")
LEAD = Party("lead", "office", "director", "secretary")
CITE, LAPSE = S4.article("7.2.2"), S4.article("附件.3")
PROMISES = _("承诺")

FORM = (
    Ask("consortium", _("医联体"), "consortium"),
    Ask("plaque_name", _("申请挂牌名称"), required=False, max_length=120,
        help=_("留空则取医联体名称加“医院成员单位”；专科联盟参照执行")),
    Ask("evaluation", _("评估情况"), "longtext", max_length=2000, help=_("协议履行与本院条件的评估")),
    Ask("promises_cooperation", _("双方按照协议内容积极开展医疗、教学、科研合作"), "bool", section=PROMISES),
    Ask("promises_use", _("仅在医疗集团范围内使用此品牌，充分保护贵单位的名誉、荣誉"), "bool", section=PROMISES),
    Ask("promises_notice", _("如出现分立、合并、解散、破产清算等情形，主动告知，挂牌授权自动终止并不再使用"), "bool",
        section=PROMISES),
)  # fmt: skip
ENDED_ON = Ask("ended_on", _("摘牌日期"), "date", initial=lambda actor: clock.today())

flow = Flow(
    start=S.DRAFT,
    finals=(S.DECLINED, S.SURRENDERED, S.REVOKED, S.LAPSED, S.WITHDRAWN),
    steps=(
        Step("edit", _("修改申请"), S.DRAFT, STAY, MEMBER, asks=FORM, duty=False),
        Step("request", _("提交挂牌申请"), S.DRAFT, S.REQUESTED, MEMBER, needs=rules.REQUESTING, completes=True,
             convenes=True, then=(claim("applicant_id", "consortium_id"),), style="primary", cite=CITE),
        Step("consent", _("同意挂牌"), S.REQUESTED, S.CONSENTED, LEAD, needs=rules.CONSENTING, then=(put_up,),
             sets=FREE, style="primary", cite=CITE,
             asks=(
                 Ask("approved_name", _("核定挂牌名称"), max_length=120),
                 Ask("consented_on", _("同意日期"), "date", initial=lambda actor: clock.today()),
             )),
        Step("decline", _("不同意挂牌"), S.REQUESTED, S.DECLINED, LEAD, sets=FREE, style="danger",
             asks=(Ask("decline_reason", _("不同意原因"), "longtext", max_length=1000),)),
        Step("withdraw", _("撤回申请"), (S.DRAFT, S.REQUESTED), S.WITHDRAWN, MEMBER, duty=False, sets=FREE,
             style="danger"),
        Step("announce_ending", _("告知终止情形"), S.CONSENTED, STAY, MEMBER, duty=False, tell=("lead",), cite=LAPSE,
             asks=(
                 Ask("ending", _("情形"), "choice", choices=tuple(Ending.choices)),
                 Ask("expected_on", _("预计日期"), "date"),
             )),
        Step("surrender", _("交回牌匾"), S.CONSENTED, S.SURRENDERED, MEMBER, duty=False, then=(take_down,),
             asks=(ENDED_ON,), tell=("lead",)),
        Step("revoke", _("收回挂牌授权"), S.CONSENTED, S.REVOKED, LEAD, duty=False, then=(take_down,), style="danger",
             cite=S4.article("附件.2"),
             asks=(Ask("end_reason", _("收回原因"), "reason", source="alliance.plaque_end"), ENDED_ON)),
        Step("record_lapse", _("记录自动终止"), S.CONSENTED, S.LAPSED, (CLOCK, LEAD), duty=False,
             needs=(rules.plaque_has_lapsed,), then=(note_lapse,), cite=LAPSE, tell=("applicant", "lead")),
    ),
    deadlines=(Deadline(S.REQUESTED, "alliance.plaque_days"),),
)  # fmt: skip

TONES = {
    S.DRAFT: "default", S.REQUESTED: "warning", S.CONSENTED: "success", S.DECLINED: "danger",
    S.SURRENDERED: "default", S.REVOKED: "danger", S.LAPSED: "default", S.WITHDRAWN: "default",
}  # fmt: skip

case_types.add(
    CaseType(
        key="plaque",
        title=_("挂牌申请"),
        group=_("医联体治理"),
        prefix="GP",
        model=PlaqueRequest,
        states={state: (state.label, tone) for state, tone in TONES.items()},
        sides=(
            Side("applicant", 1, _("成员单位")),
            Side("lead", 2, _("牵头医院")),
            Side("overseer", 3, _("卫生健康行政部门"), is_oversight=True),
        ),
        flow=flow,
        opens=(MEMBER,),
        form=FORM,
        parties_from={"lead": "lead"},
        derives=lead_and_name,
        oversight=filing_authority,
        heading=lambda one: _("{who}挂牌：{name}").format(who=one.applicant, name=one.plaque_name or "…"),
        columns=(
            Column("plaque_name", _("挂牌名称")),
            Column("applicant", _("成员单位"), "institution"),
            Column("consortium", _("医联体")),
            Column("consented_on", _("同意日期"), "date"),
        ),
        panels=(CONSORTIUM,),
        main_states=(S.DRAFT, S.REQUESTED, S.CONSENTED),
        refusals={
            "plaque_request_one_at_a_time": _("本单位已有一项该医联体的挂牌申请正在办理"),
            "plaque_one_up": _("该机构在该医联体已有一块未摘的牌匾"),
        },
        icon="sign-right",
        verb_new=_("申请挂牌"),
        help=_("成员单位书面申请并作出三项承诺，经牵头医院同意后挂牌；机构终止、退出或医联体终止时授权自动终止。"),
    )
)
