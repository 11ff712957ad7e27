"""A consortium ends: ordered after failing years in a row, or at its own wish, once all is settled."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.alliance.claims import FREE, claim
from yilian.domains.alliance.dissolution import rules
from yilian.domains.alliance.dissolution.effects import end, note_order, sides_and_cause
from yilian.domains.alliance.dissolution.overseers import bring_in
from yilian.domains.alliance.models import Cause, Dissolution
from yilian.domains.alliance.models import DissolutionState as S
from yilian.domains.alliance.panel_consortium import CONSORTIUM
from yilian.domains.alliance.sides import OF_A_CONSORTIUM
from yilian.kernel import clock
from yilian.kernel.workflow.case_type import CaseType, Column, case_types
from yilian.kernel.workflow.flow import STAY, Ask, Deadline, Flow, Party, Step
from yilian.registry.regulations import S3

AUTHORITY = Party("authority", "authority")
LEAD = Party("lead", "office", "director", "secretary")
FAILED = S3.article("19")

FORM = (
    Ask("consortium", _("医联体"), "consortium"),
    Ask("cause", _("原因"), "choice", choices=tuple(Cause.choices), required=False,
        help=_("主管部门发起的为责令解散，牵头单位提出的为自愿解散")),
    Ask("grounds", _("事由"), "longtext", required=False, max_length=2000),
)  # fmt: skip
SETTLEMENT = (
    Ask("members_note", _("成员告知情况"), "longtext", max_length=2000),
    Ask("plaques_note", _("摘牌情况"), "longtext", max_length=2000),
    Ask("money_note", _("费用清算情况"), "longtext", max_length=2000),
    Ask("data_note", _("数据处理情况"), "longtext", max_length=2000),
)
ORDER_NUMBER = Ask("order_number", _("文号"), required=False, max_length=80)
DISSOLVED_ON = Ask("dissolved_on", _("解散日期"), "date", initial=lambda actor: clock.today())
SURE = _("解散后不能恢复：成员关系同时终止，挂牌授权自动终止。")
HOLD = claim("consortium_id")

flow = Flow(
    start=S.DRAFT,
    finals=(S.DISSOLVED, S.DECLINED, S.WITHDRAWN),
    steps=(
        Step("edit", _("修改"), S.DRAFT, STAY, (LEAD, AUTHORITY), asks=FORM, duty=False),
        Step("propose", _("提出解散"), S.DRAFT, S.PROPOSED, LEAD, needs=rules.PROPOSING, completes=True, convenes=True,
             then=(HOLD,), style="primary"),
        Step("agree", _("同意解散"), S.PROPOSED, S.ORDERED, AUTHORITY, needs=rules.AGREEING, convenes=True,
             then=(note_order,), asks=(ORDER_NUMBER,), style="primary"),
        Step("decline", _("不同意解散"), S.PROPOSED, S.DECLINED, AUTHORITY, sets=FREE, style="danger",
             asks=(Ask("decline_reason", _("不同意原因"), "longtext", max_length=1000),)),
        Step("order", _("责令解散"), S.DRAFT, S.ORDERED, AUTHORITY, needs=rules.ORDERING, completes=True, convenes=True,
             then=(HOLD, note_order), asks=(ORDER_NUMBER,), style="danger", cite=FAILED, tell=("lead", "member")),
        Step("settle", _("提交清理情况"), S.ORDERED, S.SETTLED, LEAD, asks=SETTLEMENT, style="primary"),
        Step("send_back", _("退回清理"), S.SETTLED, S.ORDERED, AUTHORITY,
             asks=(Ask("missing", _("尚需清理的事项"), "longtext", max_length=1000),)),
        Step("dissolve", _("确认解散"), S.SETTLED, S.DISSOLVED, AUTHORITY, needs=rules.DISSOLVING, then=(end,),
             sets=FREE, asks=(DISSOLVED_ON,), style="danger", cite=FAILED, confirm=SURE, tell=("lead", "member")),
        Step("dissolve_unsettled", _("逾期未清理，径行解散"), S.ORDERED, S.DISSOLVED, AUTHORITY, duty=False,
             needs=rules.DISSOLVING, then=(end,), sets=FREE, asks=(DISSOLVED_ON,), style="danger", cite=FAILED,
             confirm=SURE, tell=("lead", "member")),
        Step("withdraw", _("撤回"), S.DRAFT, S.WITHDRAWN, (LEAD, AUTHORITY), duty=False, style="danger"),
        Step("take_back", _("撤回提议"), S.PROPOSED, S.WITHDRAWN, LEAD, duty=False, sets=FREE, style="danger"),
    ),
    deadlines=(Deadline(S.ORDERED, "alliance.dissolution_days"),),
)  # fmt: skip

TONES = {
    S.DRAFT: "default", S.PROPOSED: "warning", S.ORDERED: "danger", S.SETTLED: "violet", S.DISSOLVED: "default",
    S.DECLINED: "default", S.WITHDRAWN: "default",
}  # fmt: skip

case_types.add(
    CaseType(
        key="dissolution",
        title=_("解散"),
        group=_("医联体治理"),
        prefix="JS",
        model=Dissolution,
        states={state: (state.label, tone) for state, tone in TONES.items()},
        sides=OF_A_CONSORTIUM,
        flow=flow,
        opens=(AUTHORITY, LEAD),
        form=FORM,
        parties_from={"lead": "lead", "authority": "authority"},
        derives=sides_and_cause,
        oversight=bring_in,
        heading=lambda dissolution: str(dissolution.consortium or _("解散")),
        columns=(
            Column("consortium", _("医联体")),
            Column("cause", _("原因")),
            Column("lead", _("牵头单位"), "institution"),
            Column("ordered_on", _("责令或同意日期"), "date"),
            Column("dissolved_on", _("解散日期"), "date"),
        ),
        panels=(CONSORTIUM,),
        main_states=(S.DRAFT, S.ORDERED, S.SETTLED, S.DISSOLVED),
        refusals={"dissolution_one_at_a_time": _("该医联体的解散正在办理")},
        in_menu=False,
        icon="file-off",
        verb_new=_("解散医联体"),
        help=_("连续两年考核不合格的由主管部门责令解散，也可由牵头单位提出；成员、牌匾、费用与数据清理后确认解散。"),
    )
)
