"""The call for help as a case type: its table of steps, words, lists and sides."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.support import effects, parameters, rules
from yilian.domains.support.models import CallState as S
from yilian.domains.support.models import Channel, Priority, SupportCall, Trouble
from yilian.kernel import clock
from yilian.kernel.workflow.case_type import CaseType, Column, case_types
from yilian.kernel.workflow.flow import CLOCK, Ask, Deadline, Flow, Party, Side, Step

CALLER = Party("caller")
DESK = Party("desk", "office", "admin")
CALLING = (CALLER, Party("about"))
TELL_CALLERS = ("caller", "about")
FORM = (
    Ask("consortium", _("医联体"), "consortium", help=_("由其牵头单位受理")),
    Ask("about", _("求助单位"), "institution", required=False,
        help=_("牵头单位接到电话代为登记时填写；不填即本单位")),
    Ask("channel", _("来源"), "choice", choices=tuple(Channel.choices), initial=Channel.PLATFORM.value),
    Ask("trouble", _("问题类别"), "choice", choices=tuple(Trouble.choices)),
    Ask("priority", _("影响"), "choice", choices=tuple((str(key), title) for key, title in Priority.choices),
        initial=str(Priority.ROUTINE.value)),
    Ask("is_cut_off", _("该单位已无法使用平台"), "bool", required=False,
        help=_("未解决期间，联络情况页注明该单位停用的原因")),
    Ask("subject", _("标题"), max_length=120),
    Ask("details", _("情况"), "longtext", required=False, max_length=4000,
        help=_("在哪个页面、做什么时、看到什么提示；请勿写患者姓名和证件号")),
    Ask("began_at", _("开始时间"), "datetime", initial=lambda actor: clock.now()),
    Ask("contact", _("联系人和电话"), max_length=120),
)  # fmt: skip
SOLVING = (
    Ask("found", _("原因"), "choice", choices=tuple(Trouble.choices)),
    Ask("solution", _("解决办法"), "longtext", max_length=4000),
)
STEPS = (
    Step("edit", _("修改"), S.DRAFT, S.DRAFT, CALLER, asks=FORM, duty=False, tell=()),
    Step("file", _("提交"), S.DRAFT, S.FILED, CALLER, needs=rules.FILING, completes=True, convenes=True,
         notes=(effects.start_clock,), style="primary", cite=rules.PLATFORM, tell=("desk", "about")),
    Step("take_up", _("受理"), S.FILED, S.IN_HAND, DESK, notes=(effects.note_taker,), style="primary",
         tell=TELL_CALLERS),
    Step("ask", _("要求补充情况"), (S.FILED, S.IN_HAND), S.WAITING, DESK, duty=False, tell=TELL_CALLERS,
         asks=(Ask("question", _("需要补充的情况"), "longtext", max_length=1000),)),
    Step("reply", _("补充情况"), S.WAITING, S.IN_HAND, CALLING, style="primary", tell=("desk",),
         asks=(Ask("reply", _("补充的情况"), "longtext", max_length=2000),)),
    Step("solve", _("解决"), (S.FILED, S.IN_HAND), S.SOLVED, DESK, asks=SOLVING, notes=(effects.note_solution,),
         style="primary", tell=TELL_CALLERS),
    Step("confirm", _("确认解决"), S.SOLVED, S.CLOSED, (*CALLING, CLOCK), style="primary", tell=()),
    Step("reopen", _("仍未解决"), S.SOLVED, S.IN_HAND, CALLING, notes=(effects.drop_solution,), duty=False,
         tell=("desk",), asks=(Ask("objection", _("仍未解决的情况"), "longtext", max_length=2000),)),
    Step("withdraw", _("撤回"), (S.DRAFT, S.FILED, S.WAITING), S.WITHDRAWN, CALLER, duty=False, style="danger",
         tell=("desk",)),
)  # fmt: skip
DEADLINES = (
    Deadline(S.FILED, parameters.TAKING, by_priority={Priority.URGENT: parameters.TAKING_URGENT}),
    Deadline(S.IN_HAND, parameters.SOLVING, by_priority={Priority.URGENT: parameters.SOLVING_URGENT},
             counts_from="filed_at"),
    Deadline(S.WAITING, parameters.REPLYING),
    Deadline(S.SOLVED, parameters.CONFIRMING, "confirm"),
)  # fmt: skip
TONES = {
    S.DRAFT: "default", S.FILED: "warning", S.IN_HAND: "info", S.WAITING: "violet", S.SOLVED: "success",
    S.CLOSED: "success", S.WITHDRAWN: "default",
}  # fmt: skip

case_types.add(
    CaseType(
        key="supportcall",
        title=_("报障与求助"),
        group=_("平台服务"),
        prefix="FW",
        model=SupportCall,
        states={state: (state.label, tone) for state, tone in TONES.items()},
        sides=(Side("caller", 1, _("登记单位")), Side("desk", 2, _("受理单位")), Side("about", 3, _("求助单位"))),
        flow=Flow(start=S.DRAFT, finals=(S.CLOSED, S.WITHDRAWN), steps=STEPS, deadlines=DEADLINES),
        opens=(CALLER,),
        form=FORM,
        parties_from={"desk": "desk", "about": "about"},
        derives=effects.derived,
        heading=lambda call: call.subject or str(_("报障与求助")),
        columns=(
            Column("number", _("编号")),
            Column("subject", _("标题")),
            Column("trouble", _("问题类别")),
            Column("priority", _("影响"), "priority"),
            Column("about", _("求助单位"), "institution"),
            Column("state", _("状态"), "state"),
            Column("taken_by", _("受理人")),
            Column("due", _("办理时限"), "datetime"),
            Column("channel", _("来源"), shown=False),
            Column("found", _("原因"), shown=False),
            Column("filed_at", _("登记时间"), "datetime", shown=False),
            Column("solved_at", _("解决时间"), "datetime", shown=False),
        ),
        main_states=(S.DRAFT, S.FILED, S.IN_HAND, S.SOLVED, S.CLOSED),
        priorities=((Priority.URGENT.value, Priority.URGENT.label, "danger"),
                    (Priority.ROUTINE.value, Priority.ROUTINE.label, "default")),
        repeats=True,
        icon="lifebuoy",
        verb_new=_("报障或求助"),
        help=_("平台不能用或不会用时在此登记，由牵头单位限时受理；牵头单位接到电话也可代为登记，情况和办法都留有记录。"),
    )
)  # fmt: skip
