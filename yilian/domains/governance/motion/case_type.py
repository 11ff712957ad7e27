"""The motion as a case type: drafted, put to the members, voted on, counted."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.governance.appointment.effects import elect
from yilian.domains.governance.assignment.effects import assign
from yilian.domains.governance.models import Ballots, Choice, Matter, Motion
from yilian.domains.governance.models import MotionState as S
from yilian.domains.governance.motion import rules
from yilian.domains.governance.motion.effects import carry_out, cast, conceal, count, electorate, note_day
from yilian.domains.governance.motion.effects_of_decisions import at_issue, decide
from yilian.domains.governance.motion.panels import BALLOTS, CHANGE
from yilian.domains.governance.parameters import VOTING_DAYS
from yilian.kernel.workflow.case_type import CaseType, Column, case_types
from yilian.kernel.workflow.flow import CLOCK, STAY, Ask, Deadline, Flow, Party, Side, Step
from yilian.registry.regulations import S3

LEAD = Party("lead", "office", "director", "secretary")
VOTER = Party("voter", "director", "office")
SEATED = Party("seated", "director", "office")
CITE = S3.article("11")

FORM = (
    Ask("consortium", _("医联体"), "consortium"),
    Ask("subject", _("议题"), max_length=120),
    Ask("text", _("议案内容"), "longtext", max_length=8000, rows=6),
    Ask("basis", _("提案依据"), "longtext", required=False, max_length=2000),
    Ask("sitting", _("审议会议"), "pick", required=False, source="meeting", beside=("consortium",)),
    Ask("body", _("表决机构"), "pick", required=False, source="body", beside=("consortium",),
        help=_("留空由全体成员单位表决；选择机构则由其席位表决")),
    Ask("voting", _("表决方式"), "choice", choices=tuple(Ballots.choices), initial=str(Ballots.OPEN)),
    Ask("matter", _("议案类型"), "choice", choices=tuple(Matter.choices), initial=str(Matter.ORDINARY),
        help=_("“修改参数”的议案一经通过即按所填取值和日期生效，不再另行设置。")),
    Ask("parameter", _("修改的参数"), "pick", source="parameter", when="matter=parameter", beside=("consortium",)),
    Ask("value", _("新取值"), max_length=200, when="matter=parameter",
        help=_("只填数值，不带单位；开关填 true 或 false。")),
    Ask("effective_on", _("生效日期"), "date", required=False, when="matter=parameter",
        help=_("留空则自计票当日起生效；此前已计算的办理时限不变。")),
    Ask("nomination", _("席位任免"), "pick", source="appointment", when="matter=seats", beside=("consortium",),
        help=_("已提名、待表决的席位任免；议案通过即任职")),
    Ask("about", _("审议事项"), "pick", source="awaiting", when="matter=case", beside=("consortium",),
        help=_("等待机构审议的项目、奖惩等；计票后即按结果办理")),
    Ask("tasks", _("决议事项"), "rows", required=False,
        help=_("议案通过后逐项交由承办单位办理，到期提醒，由牵头单位认定"),
        asks=(Ask("what", _("事项"), max_length=200), Ask("doer", _("承办单位"), "institution"),
              Ask("until_on", _("完成期限"), "date"))),
)  # fmt: skip
BALLOT = (
    Ask("ballot", _("表决意见"), "choice", choices=tuple(Choice.choices)),
    Ask("recusal", _("回避理由"), "text", max_length=500, when="ballot=recuse",
        help=_("与议案有利益关系的单位应当回避；回避的票不计入应表决票数。")),
)  # fmt: skip
SEAT = Ask(
    "seat", _("席位"), "pick", source="vote-seat", help=_("代表本单位哪一席位表决；机构外人员的票由牵头单位代投")
)
WITHDRAWAL = (Ask("withdrawal", _("撤回理由"), "longtext", max_length=1000),)

flow = Flow(
    start=S.DRAFT,
    finals=(S.COUNTED, S.WITHDRAWN),
    steps=(
        Step("edit", _("修改"), S.DRAFT, STAY, LEAD, asks=FORM, duty=False),
        Step("put", _("提交表决"), S.DRAFT, S.VOTING, LEAD, needs=rules.PUTTING, completes=True, convenes=True,
             then=(note_day,), style="primary", cite=CITE,
             confirm=_("提交后全体成员单位收到表决通知，议案不能再修改。")),
        Step("vote", _("表决"), S.VOTING, STAY, VOTER, needs=rules.VOTING, asks=BALLOT, notes=(conceal,),
             then=(cast,), style="primary", tell=(), on_any_version=True,
             help=_("每个成员单位一票；表决后不能更改。无记名的只记是否表决，不记意见。")),
        Step("vote_seat", _("席位表决"), S.VOTING, STAY, SEATED, needs=rules.SEAT_VOTING, asks=(SEAT, *BALLOT),
             notes=(conceal,), then=(cast,), style="primary", tell=(), on_any_version=True,
             help=_("每个席位投一次；表决后不能更改。无记名的只记是否表决，不记意见。")),
        Step("count", _("计票"), S.VOTING, S.COUNTED, (LEAD, CLOCK), needs=rules.COUNTING,
             then=(count, carry_out, elect, decide, assign), style="primary", duty=False, cite=CITE,
             tell=("lead", "voter", "seated", "voted")),
        Step("drop", _("作废草稿"), S.DRAFT, S.WITHDRAWN, LEAD, duty=False, style="danger"),
        Step("withdraw", _("撤回议案"), S.VOTING, S.WITHDRAWN, LEAD, asks=WITHDRAWAL, duty=False, style="danger",
             tell=("voter", "seated", "voted")),
    ),
    deadlines=(Deadline(S.VOTING, VOTING_DAYS, "count"),),
)  # fmt: skip

TONES = {S.DRAFT: "default", S.VOTING: "warning", S.COUNTED: "success", S.WITHDRAWN: "default"}

case_types.add(
    CaseType(
        key="motion",
        title=_("议案与决议"),
        group=_("医联体治理"),
        prefix="YA",
        model=Motion,
        states={state: (state.label, tone) for state, tone in TONES.items()},
        sides=(
            Side("lead", 1, _("提案单位")),
            Side("voter", 2, _("待表决单位")),
            Side("voted", 3, _("已表决或知悉单位")),
            Side("seated", 4, _("待表决的席位单位")),
        ),
        flow=flow,
        opens=(LEAD,),
        form=FORM,
        oversight=electorate,
        derives=at_issue,
        heading=lambda motion: motion.subject or str(_("未命名的议案")),
        columns=(
            Column("subject", _("议题")),
            Column("consortium", _("医联体")),
            Column("matter", _("议案类型")),
            Column("outcome", _("表决结果")),
            Column("put_on", _("提交表决日期"), "date"),
            Column("effective_on", _("生效日期"), "date", shown=False),
        ),
        panels=(BALLOTS, CHANGE),
        main_states=(S.DRAFT, S.VOTING, S.COUNTED),
        refusals={
            "ballot_once": _("本单位已对此议案表决，不能重复表决"),
            "ballot_once_a_seat": _("该席位已对此议案表决，不能重复表决"),
        },
        icon="checkbox",
        verb_new=_("提出议案"),
        help=_(
            "牵头单位提出议案，由医联体全体成员单位或某一机构的席位表决，可记名、按席位票数或无记名。"
            "达到参与比例且赞成超过规定比例的通过；修改参数的议案通过即生效。"
        ),
    )
)
