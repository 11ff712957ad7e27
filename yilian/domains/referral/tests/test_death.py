"""A death, a reason that ends everything, treatment elsewhere: what they mean for the patient's other cases."""

from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from yilian.domains.referral.actions_on_others import ALIVE, DIED, ELSEWHERE, SAYS, settle_others, tell_of_error
from yilian.domains.referral.models import FollowUp
from yilian.domains.referral.tests.cast import ARRIVAL, FEEDBACK, IDENTITY, refused
from yilian.domains.referral.tests.test_down import in_treatment, returned
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.notices.models import Notice
from yilian.kernel.rules.models import ReasonCode
from yilian.kernel.workflow.conversation import linked
from yilian.kernel.workflow.models import Happening
from yilian.registry.models import Patient
from yilian.registry.patients import register_patient

DEATH = FEEDBACK | {"outcome": "died", "died_on": clock.today()}
WRIST = {"diagnosis": "", "impression": "右腕骨折", "is_no_duplicate": True}


def person(cast) -> Patient:
    with scope(cast.township):
        return Patient.objects.get(pk=cast.patient.pk)


def from_the_city(cast):
    """The same patient is referred by the city to the outside hospital; the township sees nothing of it."""
    same, _is_new = register_patient(by=cast.city, name="冯东桂", identity_number=IDENTITY)
    told = {"outside_contact": "值班", "outside_contact_note": "同意", "outside_contact_at": clock.now()}
    case = cast.world.open(
        "referral", by=cast.city,
        **{**cast.answers, **told, **WRIST, "patient": same.pk, "direction": "lateral",
           "receiver": cast.stranger.institution_id},
    )  # fmt: skip
    return cast.take(case, "send", by=cast.city)


def told(actor, case) -> list[str]:
    with scope(actor):
        return list(
            Notice.objects.filter(institution_id=actor.institution_id, case_id=case.pk).values_list("text", flat=True)
        )


def test_a_death_marks_the_patient_with_its_day(cast):
    cast.take(in_treatment(cast), "complete", by=cast.county, **DEATH)
    assert (person(cast).is_deceased, person(cast).deceased_on) == (True, clock.today())


def test_the_day_of_death_is_asked_and_checked(cast):
    referral = in_treatment(cast)
    assert "死亡日期" in refused(cast, referral, "complete", cast.county, **FEEDBACK | {"outcome": "died"})
    tomorrow = DEATH | {"died_on": clock.today() + timedelta(days=1)}
    assert "不能在将来" in refused(cast, referral, "complete", cast.county, **tomorrow)


def test_what_has_not_begun_ends_wherever_it_is(cast):
    elsewhere, draft = from_the_city(cast), cast.draft(**WRIST | {"impression": "白内障"})
    cause = cast.take(in_treatment(cast), "complete", by=cast.county, **DEATH)
    assert settle_others(cause.pk, DIED) == 2
    closed = cast.fresh(elsewhere, by=cast.city)
    assert (closed.state, closed.status_reason) == ("failed", "died")
    assert cast.fresh(draft).state == "withdrawn"
    with scope(cast.stranger):
        line = Happening.objects.get(case_id=elsewhere.pk, verb="close")
        assert (line.actor_name, line.institution_id) == ("系统", cast.city.institution_id)
    with scope(cast.township):
        assert ("ended_by", cause.pk) in [(relation, other.pk) for relation, other in linked(cast.fresh(draft))]
    with scope(cast.stranger):
        assert linked(closed) == []
    assert settle_others(cause.pk, DIED) == 0


def test_who_treats_the_patient_is_asked_once(cast):
    elsewhere = cast.take(from_the_city(cast), "accept", by=cast.stranger)
    elsewhere = cast.take(elsewhere, "arrive", by=cast.stranger, **ARRIVAL)
    cause = cast.take(in_treatment(cast), "fail", by=cast.county, failure_reason="died", died_on=clock.today())
    settle_others(cause.pk, DIED)
    settle_others(cause.pk, DIED)
    assert cast.fresh(elsewhere, by=cast.city).state == "arrived"
    assert told(cast.stranger, elsewhere).count(str(SAYS[DIED])) == 1


def test_a_followup_ends_with_the_patient(cast):
    back = cast.take(returned(cast), "accept", by=cast.township)
    with scope(cast.township):
        task = FollowUp.objects.get(down_referral=back)
    second = cast.take(cast.draft(**WRIST), "send", by=cast.township)
    cause = cast.walk(
        second, ("accept", cast.county, {}), ("arrive", cast.county, ARRIVAL), ("complete", cast.county, DEATH)
    )
    settle_others(cause.pk, DIED)
    with scope(cast.township):
        assert FollowUp.objects.get(pk=task.pk).state == "cancelled"


def test_a_followup_may_find_the_patient_dead(cast):
    back = cast.take(returned(cast), "accept", by=cast.township)
    with scope(cast.township):
        task = FollowUp.objects.get(down_referral=back)
    cast.world.take(task, "miss", by=cast.township, missed_reason="died", died_on=clock.today())
    assert person(cast).is_deceased
    settle_others(task.pk, DIED)
    assert cast.fresh(back).state == "failed"


def test_treatment_elsewhere_only_asks(cast):
    elsewhere = from_the_city(cast)
    referral = cast.take(
        cast.sent(is_no_duplicate=True), "withdraw", by=cast.township, cancel_reason="treated_elsewhere"
    )
    settle_others(referral.pk, ELSEWHERE)
    assert cast.fresh(elsewhere, by=cast.city).state == "submitted"
    assert str(SAYS[ELSEWHERE]) in told(cast.stranger, elsewhere)


@pytest.mark.parametrize("code", ["duplicate", "patient_declines"])
def test_a_duplicate_leaves_the_other_referral_alone(cast, code):
    with scope(cast.township):
        assert not ReasonCode.objects.get(list_key="referral.cancel", code=code).cancels_all


def test_a_death_in_error_is_undone_and_told(cast):
    elsewhere = from_the_city(cast)
    cause = cast.take(in_treatment(cast), "complete", by=cast.county, **DEATH)
    settle_others(cause.pk, DIED)
    given = {"outcome": "improved", "correction_note": "登记时选错患者"}
    corrected = cast.take(cause, "correct_death", by=cast.county, **given)
    assert (corrected.outcome, corrected.died_on, corrected.state) == ("improved", None, "completed")
    assert (person(cast).is_deceased, person(cast).deceased_on) == (False, None)
    assert tell_of_error(cause.pk) == 1
    assert str(SAYS[ALIVE]) in told(cast.city, elsewhere)
    assert "只有本单登记了" in refused(cast, cause, "correct_death", cast.county, **given)


def test_the_jobs_wait_in_the_queue(cast):
    cause = cast.take(in_treatment(cast), "complete", by=cast.county, **DEATH)
    jobs = ProcrastinateJob.objects.filter(task_name="referral.settle_others", args__cause_id=str(cause.pk))
    assert {job.args["how"] for job in jobs} == {ELSEWHERE, DIED}
