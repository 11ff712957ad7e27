"""The transport as a case type: its words, sides, table of steps, lists and cards."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from yilian.domains.transport import asks
from yilian.domains.transport.flow import SENDER, flow
from yilian.domains.transport.models import Journey
from yilian.domains.transport.panels import PANELS
from yilian.domains.transport.vocabulary import Mode
from yilian.domains.transport.vocabulary import State as S
from yilian.kernel.workflow.case_type import CaseType, Column, case_types
from yilian.kernel.workflow.flow import Side
from yilian.kernel.workflow.models import Participation

TONES = {
    S.PLANNED: "warning", S.UNDER_WAY: "primary", S.OVERDUE: "danger", S.ARRIVED: "warning", S.RETURNING: "violet",
    S.HANDED_OVER: "success", S.RETURNED: "default", S.ELSEWHERE: "default", S.CANCELLED: "default",
}  # fmt: skip
OFFICE, AUTHORITY = "office", "authority"


def watchers(transport: Journey, taking_part: Mapping[str, int]) -> dict[str, list[int]]:
    """Return who watches over the transport: whoever watches over its referral and takes no part here."""
    found: dict[str, list[int]] = {OFFICE: [], AUTHORITY: []}
    if transport.referral_case_id is None:
        return found
    among = set(taking_part.values())
    of_referral = transport.referral_case
    for row in Participation.objects.filter(case_id=transport.referral_case_id):
        side = of_referral.case_type.side_of_code(row.side).key
        if side in found and row.institution_id not in among:
            found[side].append(row.institution_id)
    return found


def heading(transport: Journey) -> str:
    """Return what a transport is called in lists: how, and with which vehicle."""
    mode = str(Mode(transport.mode).label) if transport.mode else str(_("转运"))
    return f"{mode} {transport.vehicle}".strip()


transport_type = case_types.add(
    CaseType(
        key="transport",
        title=_("转运单"),
        group=_("协同诊疗"),
        prefix="ZY",
        model=Journey,
        states={state: (state.label, TONES[state]) for state in S},
        sides=(
            Side("sender", 1, _("转出方")),
            Side("receiver", 2, _("转入方")),
            Side("former", 3, _("原转入方")),
            Side(OFFICE, 10, _("医联体办公室"), is_oversight=True),
            Side(AUTHORITY, 11, _("卫生健康行政部门"), is_oversight=True),
        ),
        flow=flow,
        opens=(SENDER,),
        form=asks.FORM,
        parties_from={"receiver": "receiver"},
        heading=heading,
        columns=(
            Column("number", _("编号")),
            Column("patient", _("患者"), "patient"),
            Column("mode", _("转运方式")),
            Column("sender", _("转出机构"), "institution"),
            Column("receiver", _("转入机构"), "institution"),
            Column("state", _("状态"), "state"),
            Column("expected_arrival", _("预计到达"), "datetime"),
            Column("departed_at", _("出发时间"), "datetime", shown=False),
            Column("arrived_at", _("到达时间"), "datetime", shown=False),
            Column("signed_by", _("签收人"), shown=False),
            Column("end_reason_name", _("结束原因"), shown=False),
        ),
        panels=PANELS,
        main_states=(S.PLANNED, S.UNDER_WAY, S.ARRIVED, S.HANDED_OVER),
        oversight=watchers,
        former="former",
        priorities=((1, _("危急"), "danger"), (2, _("加急"), "warning"), (3, _("普通"), "default")),
        refusals={
            "transport_arrives_later": _("到达时间不能早于出发时间。"),
            "transport_one_traveller": _(
                "该患者已在另一次转运途中，可能由您看不到的机构发出。请先核实并在那张转运单上签收或结束。"
            ),
            "transport_one_at_a_time": _("本单已有未结束的转运，请刷新后在那张转运单上办理。"),
        },
        icon="ambulance",
        in_menu=False,
        comes_along=True,
        help=_("从转诊单安排的转运：出发核对、途中变化、到达与签收；签收前由护送方负责，签收后由转入方负责。"),
    )
)
