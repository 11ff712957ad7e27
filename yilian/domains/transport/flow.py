"""The table of steps of a transport (docs/adr/0140)."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.transport import asks, effects, parameters, rules
from yilian.domains.transport.vocabulary import FINALS, ON_THE_ROAD
from yilian.domains.transport.vocabulary import State as S
from yilian.kernel.workflow.flow import CLOCK, STAY, Ask, Deadline, Flow, Party, Step
from yilian.registry.regulations import S4

SENDER = Party("sender", "doctor", "reception", "nursing")
RECEIVER = Party("receiver", "doctor", "reception")
BOTH = (SENDER, RECEIVER)
TELL_SENDER, TELL_RECEIVER, TELL_BOTH = ("sender",), ("receiver",), ("sender", "receiver")
TELL_ALL = ("sender", "receiver", "office")
PLAN = (
    rules.plan_runs_forward, rules.plan_is_near, rules.escort_is_named, rules.vehicle_is_named,
    rules.escort_fits_the_mode,
)  # fmt: skip

TRAVELLING = (
    Step("edit", _("修改安排"), S.PLANNED, S.PLANNED, SENDER, asks=asks.CHANGING, needs=PLAN, duty=False,
         tell=TELL_RECEIVER),
    Step("depart", _("登记出发"), S.PLANNED, S.UNDER_WAY, SENDER, asks=asks.DEPARTING, style="primary",
         needs=(rules.receiver_has_accepted, rules.departure_is_past, rules.check_is_complete),
         notes=(effects.note_departure,), tell=TELL_RECEIVER, cite=S4.article("3.2.6")),
    Step("report_change", _("报告途中变化"), S.UNDER_WAY, STAY, BOTH, asks=(*asks.CHANGED, asks.NEW_TIME),
         needs=(rules.new_time_lies_ahead,), notes=(effects.count_change,), duty=False, tell=TELL_BOTH,
         help=_("病情变化、延误或改变预计到达时间，立即告知对方。")),
    Step("explain_delay", _("说明去向"), S.OVERDUE, S.UNDER_WAY, BOTH, asks=(*asks.CHANGED, asks.NEW_TIME),
         needs=(rules.new_time_lies_ahead,), notes=(effects.count_change,), tell=TELL_ALL, style="primary",
         help=_("查明患者现在何处，填写新的预计到达时间。")),
    Step("turn_back", _("折返"), ON_THE_ROAD, S.RETURNING, BOTH, asks=asks.TURNING_BACK,
         needs=(rules.turning_back_is_past,), notes=(effects.note_turning_back, effects.keep_reason), duty=False,
         tell=TELL_BOTH, style="danger"),
    Step("come_back", _("登记返回"), S.RETURNING, S.RETURNED, SENDER, notes=(effects.end,), style="primary",
         tell=TELL_RECEIVER),
)  # fmt: skip
ARRIVING = (
    Step("arrive", _("登记到达"), ON_THE_ROAD, S.ARRIVED, BOTH, asks=(asks.ARRIVED,), needs=(rules.arrival_is_past,),
         notes=(effects.note_arrival,), duty=False, tell=TELL_BOTH,
         help=_("患者已到转入方，尚未签收；签收前仍由护送方负责。")),
    Step("sign", _("签收患者"), (*ON_THE_ROAD, S.ARRIVED), S.HANDED_OVER, RECEIVER, asks=asks.SIGNING,
         needs=(rules.arrival_is_past, rules.items_agree_or_are_explained, rules.encounter_is_said),
         notes=(effects.note_arrival, effects.note_signature, effects.end), then=(effects.register_arrival,),
         style="primary", tell=TELL_SENDER, cite=S4.article("3.2.5"),
         help=_("签收后由转入方对患者负责，转诊单同时登记到诊。")),
)  # fmt: skip
OTHERWISE = (
    Step("end_elsewhere", _("登记送往他处"), (*ON_THE_ROAD, S.RETURNING), S.ELSEWHERE, BOTH,
         asks=asks.ENDING_ELSEWHERE, needs=(rules.arrival_is_past,),
         notes=(effects.note_arrival, effects.keep_reason, effects.end), duty=False, style="danger", tell=TELL_ALL,
         help=_("途中改送另一机构救治时登记；转诊单另行改转或撤回。")),
    Step("cancel", _("取消转运"), S.PLANNED, S.CANCELLED, SENDER, asks=(asks.CANCELLING,),
         notes=(effects.keep_reason, effects.end), duty=False, style="danger", tell=TELL_RECEIVER),
)  # fmt: skip
BY_THE_CLOCK = (
    Step("miss", _("逾期未到"), S.UNDER_WAY, S.OVERDUE, CLOCK, tell=TELL_ALL),
    Step("arrive_with_referral", _("随转诊单登记到诊"), (S.PLANNED, *ON_THE_ROAD, S.ARRIVED), S.ARRIVED, CLOCK,
         asks=(asks.ARRIVED, *asks.ENCOUNTER), notes=(effects.note_arrival,), tell=TELL_RECEIVER),
    Step("drop", _("转诊单变更，取消转运"), S.PLANNED, S.CANCELLED, CLOCK, asks=(asks.CAUSE,),
         notes=(effects.keep_cause, effects.end), tell=TELL_BOTH),
    Step("divert", _("随转诊单改送"), (*ON_THE_ROAD, S.ARRIVED, S.RETURNING), S.UNDER_WAY, CLOCK, convenes=True,
         asks=(Ask("receiver", _("转入机构"), "institution"), asks.CAUSE), tell=("sender", "receiver", "former")),
    Step("note_referral", _("转诊单已变更"), (*ON_THE_ROAD, S.ARRIVED, S.RETURNING), STAY, CLOCK,
         asks=(asks.CAUSE,), tell=TELL_ALL),
)  # fmt: skip

flow = Flow(
    start=S.PLANNED,
    finals=FINALS,
    steps=(*TRAVELLING, *ARRIVING, *OTHERWISE, *BY_THE_CLOCK),
    deadlines=(
        Deadline(S.PLANNED, parameters.LEAVE_LATE, counts_from="planned_departure"),
        Deadline(S.UNDER_WAY, parameters.ARRIVE_LATE, "miss", counts_from="expected_arrival"),
        Deadline(S.OVERDUE, parameters.FIND_OUT),
        Deadline(S.ARRIVED, parameters.SIGN),
        Deadline(S.RETURNING, parameters.COME_BACK),
    ),
)
