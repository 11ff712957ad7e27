"""Green channels of the demo: time points of some emergencies, approvals that followed, a drill of the mode."""

from collections.abc import Mapping
from datetime import timedelta

from yilian.config.demo.consortia import CITY_GROUP
from yilian.config.demo.playing import Stage
from yilian.domains.referral.models import Countersign, Referral
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow.engine import open_case, take
from yilian.registry.models import Consortium

TIMED, DRILL_DAYS_AGO = 6, 25
BEFORE = {"fmc": -55, "onset": -130, "leave": -25}
AFTER = {
    "chest_pain": {"ecg": -48, "ecg_read": -43, "cath_lab": -20, "puncture": 38, "wire": 52},
    "stroke": {"ct": 19, "needle": 47},
    "trauma": {"ct": 21, "theatre": 55},
}
KEPT_OWED = timedelta(days=1)


def bring_green_channels(stage: Stage, offices: Mapping[int, Actor]) -> None:
    """Note what was done when, countersign what is old, and let the city group practise its emergency mode."""
    noted = 0
    for doctor in stage.people.values():
        with scope(doctor):
            rows = Referral.objects.filter(
                receiver_id=doctor.institution_id, emergency_kind__in=AFTER, arrived_at__isnull=False
            )
            for referral in rows.order_by("-pk")[: TIMED - noted]:
                noted += _timed(referral, doctor)
    for approver in stage.approvers.values():
        with scope(approver):
            for owed in Countersign.objects.filter(signer_id=approver.institution_id, open=True):
                _countersigned(owed, approver, stage)
    _drill(offices)


def _timed(referral: Referral, doctor: Actor) -> int:
    """Note the moments around the door, each a little different; say that it was done."""
    door, shift = referral.arrived_at, int(referral.number[-2:]) % 15
    assert door is not None
    minutes = BEFORE | AFTER[referral.emergency_kind]
    moments = {f"at_{point}": door + timedelta(minutes=at + (shift if at > 0 else -shift)) for point, at in
               minutes.items()}  # fmt: skip
    past = {name: at for name, at in moments.items() if at <= clock.now()}
    if "record_times" not in {step.verb for step in referral.case_type.flow.steps_from(referral.state)}:
        return 0
    take(referral, "record_times", by=doctor, **past)
    return 1


def _countersigned(owed: Countersign, by: Actor, stage: Stage) -> None:
    if owed.since < stage.now - KEPT_OWED:
        with clock.standing_at(owed.since + timedelta(hours=5)):
            take(owed, "approve", by=by, opinion="情况属实，同意。")


def _drill(offices: Mapping[int, Actor]) -> None:
    group = Consortium.objects.get(name=CITY_GROUP)
    by, begins = offices[group.lead_id], clock.now() - timedelta(days=DRILL_DAYS_AGO)
    answers = {
        "consortium": group.pk, "emergency_reason": "drill", "until_at": begins + timedelta(hours=4),
        "ground": "年度应急演练方案，经院长办公会批准。",
    }  # fmt: skip
    with clock.standing_at(begins), scope(by):
        mode = take(open_case("emergency", by=by, answers=answers), "switch_on", by=by)
    with clock.standing_at(begins + timedelta(hours=3)), scope(by):
        take(mode, "end", by=by, review="演练结束，先行转诊均已补审。")
