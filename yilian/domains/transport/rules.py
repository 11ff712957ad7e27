"""What must hold before a patient leaves, arrives and is signed for."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.domains.transport import facts
from yilian.domains.transport.checklist import missing
from yilian.domains.transport.grounds import WHO_ANSWERS
from yilian.domains.transport.vocabulary import EscortedBy, Mode, State
from yilian.kernel.rules.rule import Verdict, rule
from yilian.registry.regulations import S4

DRIVEN = (Mode.AMBULANCE, Mode.HOSPITAL_CAR)


@rule(gettext_lazy("本单已有未结束的转运，请在那张转运单上办理"), cite=WHO_ANSWERS)
def no_journey_is_open(referral) -> Verdict:
    journey = facts.open_journey(referral)
    return Verdict(journey is None, journey.number if journey else "")


@rule(gettext_lazy("转入方接收后才安排转运；急诊绿色通道可先行"), cite=(S4.article("3.2.5"), S4.article("3.2.6")))
def receiver_has_accepted(case) -> bool:
    """Asked of a referral when a transport is arranged, and of the transport when it leaves."""
    if case.is_emergency:
        return True
    state = case.state if case.kind == "referral" else facts.state_of_referral(case)
    return state in facts.ACCEPTED


@rule(gettext_lazy("患者已在途或到达待签收，请先在转运单登记折返、改送或签收"), cite=WHO_ANSWERS)
def nobody_is_on_the_road(referral) -> Verdict:
    journey = facts.on_the_road(referral)
    return Verdict(journey is None, journey.number if journey else "")


@rule(gettext_lazy("预计到达应晚于计划出发"), cite=WHO_ANSWERS)
def plan_runs_forward(case, answers) -> bool:
    start, end = _said(case, answers, "planned_departure"), _said(case, answers, "expected_arrival")
    return start is None or end is None or start < end


@rule(gettext_lazy("医护护送的应写明护送负责人和电话"), cite=WHO_ANSWERS)
def escort_is_named(case, answers, asked) -> bool:
    if not asked or _said(case, answers, "escorted_by") == EscortedBy.FAMILY:
        return True
    return bool(_said(case, answers, "escort") and _said(case, answers, "escort_phone"))


@rule(gettext_lazy("急救车和机构转运车应写明车辆"), cite=S4.article("3.2.6"))
def vehicle_is_named(case, answers, asked) -> bool:
    mode = answers.get("transport") or _said(case, answers, "mode")
    return not asked or mode not in DRIVEN or bool(_said(case, answers, "vehicle"))


@rule(gettext_lazy("医护陪同、急救车和机构转运车由医护护送，护送方不能是家属"), cite=WHO_ANSWERS)
def escort_fits_the_mode(case, answers, asked) -> bool:
    mode = answers.get("transport") or _said(case, answers, "mode")
    return not asked or (mode == Mode.OWN) == (_said(case, answers, "escorted_by") == EscortedBy.FAMILY)


@rule(gettext_lazy("出发前核对应全部完成，未备的写明说明"), cite=WHO_ANSWERS)
def check_is_complete(transport, asked) -> Verdict:
    left = missing(transport.mode, transport.checked) if asked else []
    if not left or transport.unchecked_note.strip() or not facts.check_binds(transport.sender_id):
        return Verdict(True)
    return Verdict(False, _("未核对：{items}").format(items=_("、").join(left)))


@rule(gettext_lazy("出发时间不能在将来"), cite=WHO_ANSWERS)
def departure_is_past(transport, at) -> bool:
    return transport.departed_at is None or transport.departed_at <= at


@rule(gettext_lazy("预计到达应在将来"), cite=WHO_ANSWERS)
def new_time_lies_ahead(transport, at, answers, asked) -> bool:
    if not asked or (transport.state != State.OVERDUE and not answers.get("expected_arrival")):
        return True
    return transport.expected_arrival is not None and transport.expected_arrival > at


@rule(gettext_lazy("到达时间不能在将来，也不能早于出发时间"), cite=WHO_ANSWERS)
def arrival_is_past(transport, at) -> bool:
    arrived, left = transport.arrived_at, transport.departed_at
    if arrived is None:
        return True
    return arrived <= at and (left is None or arrived >= left)


@rule(gettext_lazy("折返时间不能在将来，也不能早于出发时间"), cite=WHO_ANSWERS)
def turning_back_is_past(transport, at) -> bool:
    turned, left = transport.turned_back_at, transport.departed_at
    return turned is None or (turned <= at and (left is None or turned >= left))


@rule(gettext_lazy("签收物品与移交物品不一致的，应写明不符之处"), cite=S4.article("3.2.5"))
def items_agree_or_are_explained(transport, asked) -> bool:
    same = set(transport.items_handed) == set(transport.items_received)
    return not asked or same or bool(transport.differences.strip())


@rule(gettext_lazy("首次登记到诊应选择就诊类别"), cite=S4.article("3.2.5"))
def encounter_is_said(transport, asked) -> bool:
    return not asked or bool(transport.encounter_class)


LONGEST = timedelta(days=2)


@rule(gettext_lazy("计划出发不早于两天前，预计到达在出发后两天内"), cite=WHO_ANSWERS)
def plan_is_near(case, answers) -> bool:
    start, end = _said(case, answers, "planned_departure"), _said(case, answers, "expected_arrival")
    if start is None or end is None:
        return True
    return start >= facts.now() - LONGEST and end <= start + LONGEST


def _said(case, answers, name):
    """Return an answer just given, or what the transport says already; a referral has no such columns."""
    return answers.get(name) if name in answers.given else getattr(case, name, None)
