"""The appointment as a case type: drafted and nominated by the lead, decided by a motion or the lead, carried out."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.governance.appointment import rules
from yilian.domains.governance.appointment.effects import appoint, members
from yilian.domains.governance.bodies.form import seats_ask
from yilian.domains.governance.models import Appointment, Change, Way
from yilian.domains.governance.models import AppointmentState as S
from yilian.kernel.workflow.case_type import CaseType, Column, case_types
from yilian.kernel.workflow.flow import CLOCK, STAY, Ask, Flow, Party, Side, Step
from yilian.registry.regulations import S3

LEAD = Party("lead", "office", "director", "secretary")
CITE = S3.article("11")

FORM = (
    Ask("consortium", _("医联体"), "consortium"),
    Ask("body", _("机构"), "pick", source="body", beside=("consortium",)),
    Ask("change", _("任免类型"), "choice", choices=tuple(Change.choices),
        help=_("换届：现任席位至新任期开始前一日全部终止")),
    Ask("leaving", _("免去的席位"), "picks", source="seat", beside=("body",), when="change=vacate"),
    Ask("since_on", _("生效日期"), "date"),
    Ask("term_until", _("任期止"), "date", required=False, help=_("理事会留空则按规定的届期计算")),
    Ask("way", _("产生方式"), "choice", choices=tuple(Way.choices),
        help=_("表决选举：提名后以“席位任免”议案提交表决，通过即任职")),
    Ask("ground", _("提名理由"), "longtext", required=False, max_length=2000),
    Ask("decision", _("决定"), "longtext", max_length=2000, when="way=decision",
        help=_("作出决定的会议或文件；原件作为附件")),
    seats_ask(when="change=term|fill"),
)  # fmt: skip

flow = Flow(
    start=S.DRAFT,
    finals=(S.APPOINTED, S.WITHDRAWN),
    steps=(
        Step("edit", _("修改"), S.DRAFT, STAY, LEAD, asks=FORM, duty=False),
        Step("nominate", _("提名"), S.DRAFT, S.NOMINATED, LEAD, needs=rules.NOMINATING, completes=True, convenes=True,
             style="primary", cite=CITE, tell=("member",)),
        Step("appoint", _("任免"), S.NOMINATED, S.APPOINTED, (LEAD, CLOCK), needs=rules.APPOINTING, then=(appoint,),
             style="primary", duty=False, cite=CITE, tell=("member",)),
        Step("withdraw", _("撤回"), (S.DRAFT, S.NOMINATED), S.WITHDRAWN, LEAD, duty=False, style="danger"),
    ),
)  # fmt: skip

TONES = {S.DRAFT: "default", S.NOMINATED: "warning", S.APPOINTED: "success", S.WITHDRAWN: "default"}

case_types.add(
    CaseType(
        key="appointment",
        title=_("席位任免"),
        group=_("医联体治理"),
        prefix="RM",
        model=Appointment,
        states={state: (state.label, tone) for state, tone in TONES.items()},
        sides=(Side("lead", 1, _("牵头单位")), Side("member", 2, _("成员单位"))),
        flow=flow,
        opens=(LEAD,),
        form=FORM,
        oversight=members,
        heading=lambda one: f"{one.body}{one.get_change_display()}" if one.body else str(_("席位任免")),
        columns=(
            Column("body", _("机构")),
            Column("change", _("任免类型")),
            Column("way", _("产生方式")),
            Column("consortium", _("医联体")),
            Column("since_on", _("生效日期"), "date"),
        ),
        main_states=(S.DRAFT, S.NOMINATED, S.APPOINTED),
        refusals={"seat_one_chair": _("正职只设一名"), "seat_one_each": _("一人在同一机构只占一席")},
        in_menu=False,
        icon="users-group",
        verb_new=_("提名席位"),
        help=_("换届、增补或免去机构的席位：牵头单位提名，由成员表决或牵头单位决定后任职；成员单位可见。"),
    )
)
