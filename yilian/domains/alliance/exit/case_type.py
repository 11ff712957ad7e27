"""A member leaves: it announces, the lead settles agreement, money and data, the member confirms."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.alliance.claims import FREE, claim
from yilian.domains.alliance.exit import rules
from yilian.domains.alliance.exit.effects import end_agreement, leave
from yilian.domains.alliance.exit.panel import settlement
from yilian.domains.alliance.models import Exit
from yilian.domains.alliance.models import ExitState as S
from yilian.domains.alliance.overseers import filing_authority, lead_of_consortium
from yilian.domains.alliance.panel_consortium import CONSORTIUM
from yilian.kernel import clock
from yilian.kernel.workflow.case_type import CaseType, Column, Panel, case_types
from yilian.kernel.workflow.flow import STAY, Ask, Deadline, Flow, Party, Side, Step
from yilian.registry.regulations import S0, S4

MEMBER = Party("member", "office", "director", "secretary")
LEAD = Party("lead", "office", "director", "secretary")
FREELY, AGREED = S4.article("6.1"), S0.article("管理制度 14")

FORM = (
    Ask("consortium", _("退出的医联体"), "consortium"),
    Ask("reason", _("退出原因"), "reason", source="alliance.exit"),
    Ask("statement", _("退出说明"), "longtext", required=False, max_length=2000),
    Ask("wished_on", _("拟退出日期"), "date"),
)
TODAY = {"initial": lambda actor: clock.today()}

flow = Flow(
    start=S.DRAFT,
    finals=(S.LEFT, S.WITHDRAWN),
    steps=(
        Step("edit", _("修改"), S.DRAFT, STAY, MEMBER, asks=FORM, duty=False),
        Step("announce", _("提出退出"), S.DRAFT, S.ANNOUNCED, MEMBER, needs=rules.ANNOUNCING, completes=True,
             convenes=True, then=(claim("member_id", "consortium_id"),), style="primary", cite=FREELY),
        Step("settle", _("核对费用与数据"), (S.ANNOUNCED, S.SETTLING), S.SETTLING, LEAD, style="primary", cite=AGREED,
             asks=(
                 Ask("money_note", _("费用清算情况"), "longtext", max_length=2000),
                 Ask("data_note", _("数据处理情况"), "longtext", max_length=2000,
                     help=_("共享资料的保存、返还或删除")),
             )),
        Step("end_agreement", _("终止协议"), (S.ANNOUNCED, S.SETTLING), STAY, LEAD, duty=False, then=(end_agreement,),
             asks=(Ask("agreement_ended_on", _("协议终止日期"), "date", **TODAY),), cite=AGREED),
        Step("leave", _("确认退出"), S.SETTLING, S.LEFT, MEMBER, needs=rules.LEAVING, then=(leave,), sets=FREE,
             style="primary", cite=FREELY, asks=(Ask("left_on", _("退出日期"), "date", **TODAY),), tell=("lead",),
             confirm=_("退出后成员关系终止，重新加入须再次申请。")),
        Step("withdraw", _("撤回"), (S.DRAFT, S.ANNOUNCED, S.SETTLING), S.WITHDRAWN, MEMBER, duty=False, sets=FREE,
             style="danger"),
    ),
    deadlines=(Deadline(S.ANNOUNCED, "alliance.exit_days"), Deadline(S.SETTLING, "alliance.exit_days")),
)  # fmt: skip

TONES = {
    S.DRAFT: "default", S.ANNOUNCED: "warning", S.SETTLING: "info", S.LEFT: "success", S.WITHDRAWN: "default",
}  # fmt: skip

case_types.add(
    CaseType(
        key="exit",
        title=_("退出"),
        group=_("医联体治理"),
        prefix="TC",
        model=Exit,
        states={state: (state.label, tone) for state, tone in TONES.items()},
        sides=(
            Side("member", 1, _("退出单位")),
            Side("lead", 2, _("牵头单位")),
            Side("overseer", 3, _("卫生健康行政部门"), is_oversight=True),
        ),
        flow=flow,
        opens=(MEMBER,),
        form=FORM,
        parties_from={"lead": "lead"},
        derives=lead_of_consortium,
        oversight=filing_authority,
        heading=lambda one: _("{who}退出{what}").format(who=one.member, what=one.consortium or "…"),
        columns=(
            Column("consortium", _("医联体")),
            Column("member", _("退出单位"), "institution"),
            Column("reason", _("原因")),
            Column("left_on", _("退出日期"), "date"),
        ),
        panels=(CONSORTIUM, Panel("settlement", _("退出前清理"), "alliance/settlement.html", settlement)),
        main_states=(S.DRAFT, S.ANNOUNCED, S.SETTLING, S.LEFT),
        refusals={"exit_one_at_a_time": _("本单位退出该医联体的事项正在办理")},
        in_menu=False,
        icon="logout",
        verb_new=_("退出医联体"),
        help=_("成员自愿退出；未办结的转诊等事项、牌匾、协议、费用与数据先行清理，未清理的逐项列明。"),
    )
)
