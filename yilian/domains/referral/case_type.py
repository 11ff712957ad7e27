"""The referral as a case type: its words, sides, table of steps, lists and cards."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from yilian.domains.referral.flow import SENDER, flow
from yilian.domains.referral.form import FORM
from yilian.domains.referral.models import Referral
from yilian.domains.referral.oversight import overseers
from yilian.domains.referral.panels import PANELS
from yilian.domains.referral.problem import problem_of
from yilian.domains.referral.vocabulary import CONSENT_OUTSTANDING, GREEN_CHANNEL, UNAPPROVED
from yilian.domains.referral.vocabulary import State as S
from yilian.kernel.workflow.case_type import CaseType, Column, case_types
from yilian.kernel.workflow.flow import Side

TONES = {
    S.DRAFT: "default", S.AWAITING_HEAD: "warning", S.AWAITING_APPROVAL: "warning",
    S.SUBMITTED: "warning", S.RECEIVED: "primary",
    S.AWAITING_INFORMATION: "warning", S.ACCEPTED: "info", S.TIME_PROPOSED: "warning", S.SCHEDULED: "info",
    S.ARRIVED: "primary", S.IN_TREATMENT: "primary", S.INTERIM_REPORTED: "primary", S.AWAITING_FEEDBACK: "warning",
    S.IN_FOLLOWUP: "primary", S.OUTSIDE: "violet", S.DECLINED: "danger", S.NO_SHOW: "danger", S.ON_HOLD: "violet",
    S.CANCELLATION_ASKED: "warning", S.COMPLETED: "success", S.WITHDRAWN: "default", S.ABANDONED: "default",
    S.UNATTENDED: "default", S.EXPIRED: "danger", S.LAPSED: "danger", S.FAILED: "danger",
    S.ENTERED_IN_ERROR: "default",
}  # fmt: skip
SIDES = (
    Side("sender", 1, _("转出方")),
    Side("receiver", 2, _("转入方")),
    Side("former", 3, _("原转入方")),
    Side("office", 10, _("医联体办公室"), is_oversight=True),
    Side("authority", 11, _("卫生健康行政部门"), is_oversight=True),
)
COLUMNS = (
    Column("number", _("编号")),
    Column("patient", _("患者"), "patient"),
    Column("direction", _("方向")),
    Column("priority", _("紧急程度"), "priority"),
    Column("flags", _("标记"), "marks"),
    Column("impression", _("初步印象")),
    Column("sender", _("转出机构"), "institution"),
    Column("receiver", _("转入机构"), "institution"),
    Column("state", _("状态"), "state"),
    Column("since", _("进入本状态"), "datetime"),
    Column("due", _("办理时限"), "datetime", shown=False),
    Column("outside_institution", _("平台外机构"), shown=False),
    Column("diagnosis_name", _("诊断"), shown=False),
    Column("up_reason_name", _("转出原因"), shown=False),
    Column("down_reason_name", _("下转原因"), shown=False),
    Column("status_reason_name", _("状态原因"), shown=False),
    Column("sent_at", _("发出时间"), "datetime", shown=False),
    Column("answered_at", _("答复时间"), "datetime", shown=False),
    Column("arrived_at", _("到诊时间"), "datetime", shown=False),
    Column("appointment_start", _("预约时间"), "datetime", shown=False),
)


def heading(referral: Referral) -> str:
    """Return what a referral is called in lists: what the patient has. Whose it is stands beside it."""
    return referral.impression or referral.diagnosis_name or str(_("转诊"))


def derived(referral: Referral) -> dict[str, Any]:
    """Return the columns that follow: the problem, and that an emergency is always critical."""
    values: dict[str, Any] = {"problem": problem_of(referral.diagnosis, referral.impression)}
    if not referral.is_emergency:
        return values | {"flags": referral.flags & ~GREEN_CHANNEL, "emergency_kind": ""}
    return values | {"priority": 1, "flags": referral.flags | GREEN_CHANNEL}


referral_type = case_types.add(
    CaseType(
        key="referral",
        title=_("转诊单"),
        group=_("协同诊疗"),
        prefix="ZZ",
        model=Referral,
        states={state: (state.label, TONES[state]) for state in S},
        sides=SIDES,
        flow=flow,
        opens=(SENDER,),
        form=FORM,
        parties_from={"receiver": "receiver"},
        heading=heading,
        derives=derived,
        columns=COLUMNS,
        panels=PANELS,
        main_states=(S.DRAFT, S.SUBMITTED, S.ACCEPTED, S.SCHEDULED, S.ARRIVED, S.IN_TREATMENT, S.COMPLETED),
        oversight=overseers,
        former="former",
        unanswered=(S.SUBMITTED, S.RECEIVED),
        marks=(
            (GREEN_CHANNEL, _("绿色通道"), "danger"),
            (UNAPPROVED, _("应急先行"), "violet"),
            (CONSENT_OUTSTANDING, _("同意待补签"), "warning"),
        ),
        refusals={
            "referral_one_open": _(
                "该患者的同一问题已有一张未结束的转诊单，可能由您看不到的机构发出。请与患者或医联体办公室核实后再办理。"
            ),
            "referral_one_return": _("该转诊单已有一张未结束的下转单，请在那张单上继续办理。"),
            "referral_appointment_ends_later": _("预约结束时间应晚于开始时间。"),
        },
        priorities=((1, _("危急"), "danger"), (2, _("加急"), "warning"), (3, _("普通"), "default")),
        repeats=True,
        icon="arrows-left-right",
        verb_new=_("新建转诊"),
        help=_("把患者转给上级、下级或同级机构，由对方答复、安排、诊治并反馈；同一单号记下全过程。"),
    )
)
