"""The meeting as a case type: called, answered, signed in to, held, minuted, approved."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.governance.agenda import let_go, take_up
from yilian.domains.governance.meeting import rules
from yilian.domains.governance.meeting.effects import count_the_lead_in, hold, keep_reply, sign_in, those_invited
from yilian.domains.governance.meeting.panels import PANELS
from yilian.domains.governance.models import Form, Meeting, Reply
from yilian.domains.governance.models import MeetingState as S
from yilian.domains.governance.parameters import HOLDING_DAYS, MINUTES_DAYS
from yilian.kernel.workflow.case_type import CaseType, Column, case_types
from yilian.kernel.workflow.flow import STAY, Ask, Deadline, Flow, Party, Side, Step
from yilian.registry.regulations import S4

LEAD = Party("lead", "office", "director", "secretary")
CHAIR = Party("lead", "director")
INVITED = Party("invited", "director", "office")
ANSWERED = Party("answered", "director", "office")
CITE = S4.article("3.3")

WHEN = Ask("starts_at", _("开会时间"), "datetime")
WHERE = Ask("place", _("地点或会议号"), max_length=200, help=_("线上会议填写会议号"))
FORM = (
    Ask("consortium", _("医联体"), "consortium"),
    Ask("form", _("会议类型"), "choice", choices=tuple(Form.choices)),
    Ask("body", _("召开机构"), "pick", required=False, source="body", beside=("consortium",),
        help=_("选择机构则邀请其席位所在单位")),
    Ask("subject", _("会议名称"), max_length=120),
    WHEN,
    WHERE,
    Ask("invitees", _("受邀单位"), "institutions", required=False,
        help=_("留空则邀请召开机构的席位单位；未选机构的邀请全体成员单位")),
    Ask("agenda", _("会议议程"), "rows", help=_("会议材料作为附件上传，受邀单位均可查看"),
        asks=(Ask("item", _("议题"), max_length=200), Ask("speaker", _("汇报人"), max_length=60, required=False))),
    Ask("remarks", _("会议要求"), "longtext", required=False, max_length=2000),
)  # fmt: skip
ANSWER = (
    Ask("reply", _("答复"), "choice", choices=tuple(Reply.choices)),
    Ask("person", _("参会人"), max_length=60, when="reply=attend|substitute"),
    Ask("reason", _("请假理由"), max_length=500, when="reply=decline"),
)
MINUTES = (Ask("minutes", _("会议纪要"), "longtext", max_length=20_000, rows=16),)
CANCELLATION = (Ask("cancellation", _("取消理由"), "longtext", max_length=1000),)

flow = Flow(
    start=S.DRAFT,
    finals=(S.APPROVED, S.CANCELLED),
    steps=(
        Step("edit", _("修改"), S.DRAFT, STAY, LEAD, asks=FORM, duty=False),
        Step("call", _("发出会议通知"), S.DRAFT, S.CALLED, LEAD, needs=rules.CALLING, completes=True, convenes=True,
             notes=(take_up,), then=(count_the_lead_in,), style="primary", cite=CITE, tell=("invited",)),
        Step("reply", _("答复"), S.CALLED, STAY, INVITED, asks=ANSWER, then=(keep_reply,), style="primary", tell=(),
             on_any_version=True),
        Step("sign_in", _("签到"), S.CALLED, STAY, (LEAD, INVITED, ANSWERED), needs=rules.SIGNING, duty=False, tell=(),
             on_any_version=True,
             asks=(Ask("signed_by", _("到会人"), max_length=60),
                   Ask("code", _("签到码"), required=False, max_length=100,
                       help=_("扫描会场签到码时自动填写"))), then=(sign_in,)),
        Step("postpone", _("改期"), S.CALLED, STAY, LEAD, needs=(rules.time_is_to_come,), asks=(WHEN, WHERE),
             duty=False, tell=("invited", "answered")),
        Step("hold", _("登记召开"), S.CALLED, S.HELD, LEAD, needs=rules.HOLDING, then=(hold,), style="primary",
             cite=CITE, tell=(), help=_("到会单位达到规定比例后登记；系统按议程、签到和表决结果起草纪要。")),
        Step("write", _("修改纪要"), S.HELD, STAY, LEAD, asks=MINUTES, partial=True, duty=False),
        Step("approve", _("定稿纪要"), S.HELD, S.APPROVED, CHAIR, needs=rules.APPROVING, style="primary",
             tell=("answered", "invited"), confirm=_("定稿后纪要不能再修改。")),
        Step("drop", _("作废草稿"), S.DRAFT, S.CANCELLED, LEAD, duty=False, style="danger"),
        Step("cancel", _("取消会议"), S.CALLED, S.CANCELLED, LEAD, asks=CANCELLATION, duty=False, style="danger",
             then=(let_go,), tell=("invited", "answered")),
    ),
    deadlines=(Deadline(S.CALLED, HOLDING_DAYS, counts_from="starts_at"), Deadline(S.HELD, MINUTES_DAYS)),
)  # fmt: skip

TONES = {S.DRAFT: "default", S.CALLED: "warning", S.HELD: "info", S.APPROVED: "success", S.CANCELLED: "default"}

case_types.add(
    CaseType(
        key="meeting",
        title=_("会议"),
        group=_("医联体治理"),
        prefix="HY",
        model=Meeting,
        states={state: (state.label, tone) for state, tone in TONES.items()},
        sides=(
            Side("lead", 1, _("召集单位")),
            Side("invited", 2, _("待答复单位")),
            Side("answered", 3, _("已答复单位")),
        ),
        flow=flow,
        opens=(LEAD,),
        form=FORM,
        oversight=those_invited,
        heading=lambda meeting: meeting.subject or str(_("未命名的会议")),
        columns=(
            Column("subject", _("会议名称")),
            Column("form", _("会议类型")),
            Column("consortium", _("医联体")),
            Column("starts_at", _("开会时间"), "datetime"),
            Column("held_on", _("召开日期"), "date", shown=False),
        ),
        panels=PANELS,
        main_states=(S.DRAFT, S.CALLED, S.HELD, S.APPROVED),
        refusals={"attendee_once": _("本单位已答复")},
        icon="users",
        verb_new=_("召集会议"),
        help=_(
            "牵头单位召集联席会议、理事会或工作组会议：通知、答复、签到、到会达到规定比例后召开，"
            "纪要由系统起草、院领导定稿。联席会议每年不少于一次。"
        ),
    )
)
