"""Patients on their way in the demo: one to leave, two on the road, one overdue, one at the door, one signed for."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from yilian.config.demo.playing import Stage
from yilian.domains.referral.models import Referral
from yilian.domains.referral.vocabulary import State
from yilian.domains.transport.models import Journey
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor, system_actor
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow.engine import take

LEFT = {
    "checked": ["identity", "documents", "risk_told", "receiver_told", "lines", "drugs", "monitor", "oxygen"],
    "items_handed": ["records", "images", "medicines"], "consciousness": "alert", "out_pulse": 88,
    "out_respiration": 20, "out_systolic": 132, "out_diastolic": 82, "out_oxygen": 96,
    "situation": "生命体征平稳，持续监护", "assessment": "途中有病情波动可能", "recommendation": "到达后即行专科评估",
}  # fmt: skip
SIGNED = {"items_received": ["records", "images", "medicines"], "in_systolic": 128, "in_pulse": 86,
          "encounter_class": "inpatient"}  # fmt: skip
COURSES: tuple[tuple[int, int, tuple[str, ...]], ...] = (
    (30, 50, ()), (-25, 60, ("depart",)), (-40, 75, ("depart", "report_change")), (-150, 70, ("depart", "miss")),
    (-80, 70, ("depart", "arrive")), (-200, 80, ("depart", "sign")),
)  # fmt: skip
"""For each journey: minutes from now until it leaves, minutes it is to take, and what has happened."""
SIDES = {"sign": "receiver", "arrive": "receiver"}


def bring_journeys(stage: Stage) -> None:
    """Let patients whose referral is accepted travel, each as far as its course says."""
    courses = list(COURSES)
    for sender in stage.people.values():
        if not courses:
            return
        with scope(sender):
            rows = Referral.objects.filter(sender_id=sender.institution_id, state=State.SCHEDULED)
            referral = rows.select_related("receiver").order_by("-pk").first()
        if referral is not None and referral.receiver_id in stage.people:
            _travel(stage, referral, sender, courses.pop())


def _travel(stage: Stage, referral: Referral, sender: Actor, course: tuple[int, int, tuple[str, ...]]) -> None:
    leaves, lasts, verbs = course
    start = stage.now + timedelta(minutes=leaves)
    end = start + timedelta(minutes=lasts)
    plan: dict[str, Any] = {
        "transport": "ambulance", "escorted_by": "sender", "escort": "随车护士", "escort_phone": "0000-1234567",
        "vehicle": "救护车02号", "planned_departure": start, "expected_arrival": end,
    }  # fmt: skip
    with clock.standing_at(min(start, stage.now) - timedelta(minutes=10)), scope(sender):
        take(referral, "arrange_transport", by=sender, **plan)
        journey = Journey.objects.get(referral_case=referral.pk)
    at = min(start, stage.now)
    for verb in verbs:
        by = _actor(stage, verb, referral, sender)
        with clock.standing_at(min(at, stage.now)), scope(by):
            take(journey, verb, by=by, **_answers(verb))
        at = end + timedelta(minutes=40) if verb == "depart" else at


def _actor(stage: Stage, verb: str, referral: Referral, sender: Actor) -> Actor:
    if verb == "miss":
        return system_actor("时钟", sender.institution_id)
    return stage.person(referral.receiver_id) if verb in SIDES and referral.receiver_id else sender


def _answers(verb: str) -> Mapping[str, Any]:
    if verb == "report_change":
        return {"change": "delayed", "change_note": "道路施工绕行，患者平稳"}
    return {"depart": LEFT, "sign": SIGNED}.get(verb, {})
