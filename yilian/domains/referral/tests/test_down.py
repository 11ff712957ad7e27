"""The way back: a return linked to its origin, its follow-up task, and one open referral for a problem."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction

from yilian.domains.referral.models import FollowUp, Referral
from yilian.domains.referral.tests.cast import ARRIVAL, FEEDBACK, IDENTITY, refused
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow.conversation import linked
from yilian.kernel.workflow.refusals import StepRefused
from yilian.registry.patients import register_patient

CONSENT = {
    "consent_choice": "agree", "consent_by": "冯东桂", "consent_relation": "0", "consent_told_by": "县医师",
    "contact_phone": "0700-7654321",
}  # fmt: skip


def in_treatment(cast):
    return cast.walk(
        cast.sent(), ("accept", cast.county_desk, {}), ("arrive", cast.county_desk, ARRIVAL), ("treat", cast.county, {})
    )


def drafted(cast, origin):
    """Draft the return of a referral and return it."""
    cast.take(origin, "refer_back", by=cast.county)
    with scope(cast.county):
        return Referral.objects.get(origin=origin, state="draft")


def completed_draft(cast, origin):
    back = drafted(cast, origin)
    given = CONSENT | {"consent_told_at": clock.now(), "down_reason": "stable", "care_plan": "继续服药，康复训练"}
    if not back.treatment:
        given["treatment"] = "药物保守治疗"
    return cast.take(back, "edit", by=cast.county, **given)


def returned(cast, origin=None):
    """Send a return of a completed referral back to the township."""
    origin = origin or cast.take(in_treatment(cast), "complete", by=cast.county, **FEEDBACK)
    return cast.take(completed_draft(cast, origin), "send", by=cast.county)


def test_the_return_knows_what_the_referral_knew(cast):
    origin = cast.take(in_treatment(cast), "complete", by=cast.county, **FEEDBACK)
    back = drafted(cast, origin)
    assert (back.direction, back.receiver_id, back.patient_id) == (
        "down",
        cast.township.institution_id,
        origin.patient_id,
    )
    assert (back.care_plan, back.record_number) == (FEEDBACK["next_plan"], ARRIVAL["encounter_number"])
    with scope(cast.county):
        assert [(relation, other.pk) for relation, other in linked(back)] == [("returns", origin.pk)]


def test_only_one_return_is_drafted(cast):
    origin = in_treatment(cast)
    drafted(cast, origin)
    assert "已有未结束的下转单" in refused(cast, origin, "refer_back", cast.county)


def test_a_return_is_not_returned(cast):
    back = cast.walk(returned(cast), ("accept", cast.township, {}), ("arrive", cast.township, ARRIVAL))
    assert "只有上转或平转" in refused(cast, back, "refer_back", cast.township)


def test_accepting_a_return_opens_a_followup(cast):
    back = cast.take(returned(cast), "accept", by=cast.township)
    with scope(cast.township):
        task = FollowUp.objects.get(down_referral=back)
        assert (task.state, task.patient_id) == ("planned", back.patient_id)
        assert task.due_on == clock.today() + timedelta(days=14)
    assert cast.world.sees(cast.county, task)
    assert not cast.world.sees(cast.stranger, task)


def test_the_followup_is_settled_before_the_end(cast):
    back = cast.walk(
        returned(cast), ("accept", cast.township, {}), ("arrive", cast.township, ARRIVAL),
        ("start_followup", cast.township, {}),
    )  # fmt: skip
    end = {"treatment_given": "按方案康复", "outcome": "improved"}
    with scope(cast.township):
        task = FollowUp.objects.get(down_referral=back)
    assert task.number in refused(cast, back, "finish_followup", cast.township, **end)
    cast.world.take(task, "finish", by=cast.township, done_on=clock.today(), way="home", control="good", result="平稳")
    assert cast.take(back, "finish_followup", by=cast.township, **end).state == "completed"


def test_a_followup_cannot_lie_in_the_future_or_the_wrong_hands(cast):
    back = cast.take(returned(cast), "accept", by=cast.township)
    with scope(cast.township):
        task = FollowUp.objects.get(down_referral=back)
    given = {"way": "phone", "control": "good", "result": "平稳"}
    tomorrow = clock.today() + timedelta(days=1)
    assert "不能在将来" in refused(cast, task, "finish", cast.township, done_on=tomorrow, **given)
    assert "由随访机构" in refused(cast, task, "finish", cast.county, done_on=clock.today(), **given)
    postponed = cast.world.take(task, "postpone", by=cast.township, due_on=tomorrow, why_later="患者外出")
    assert (postponed.state, clock.local(postponed.due).date()) == ("planned", tomorrow + timedelta(days=1))
    the_clock = cast.world.clock_at(cast.township.institution_name)
    assert cast.world.take(task, "lapse", by=the_clock).state == "missed"


def test_a_return_may_start_while_the_patient_is_still_in_bed(cast):
    origin = in_treatment(cast)
    back = returned(cast, origin)
    assert cast.fresh(origin).held_for_id is None
    assert cast.fresh(back).held_for_id == cast.patient.pk
    cast.take(back, "decline", by=cast.township, decline_reason="incomplete")
    cast.take(back, "abandon", by=cast.county, cancel_reason="improved")
    assert cast.fresh(back).held_for_id is None
    assert cast.fresh(origin).held_for_id == cast.patient.pk


def test_a_second_referral_for_the_same_problem_is_named(cast):
    first = cast.sent()
    says = refused(cast, cast.draft(impression="胸痛待查"), "send", cast.township)
    assert "同一患者的同一问题" in says
    assert first.number in says


def test_another_problem_is_sent_after_a_look(cast):
    first = cast.sent()
    second = cast.draft(diagnosis="", impression="右腕骨折")
    says = refused(cast, second, "send", cast.township)
    assert "另有未结束的转诊单" in says
    assert first.number in says
    assert (
        cast.walk(second, ("edit", cast.township, {"is_no_duplicate": True}), ("send", cast.township, {})).state
        == "submitted"
    )


def test_what_one_cannot_see_is_refused_by_the_database(cast):
    cast.sent()
    elsewhere = cast.world.person("doctor", at="东湖社区卫生服务中心")
    same, is_new = register_patient(by=elsewhere, name="冯东桂", identity_number=IDENTITY)
    assert (same.pk, is_new) == (cast.patient.pk, False)
    contact = {"outside_contact": "值班", "outside_contact_note": "同意", "outside_contact_at": clock.now()}
    second = cast.world.open("referral", by=elsewhere, **cast.answers | contact)
    with pytest.raises(StepRefused, match="可能由您看不到的机构发出"):
        cast.take(second, "send", by=elsewhere)


def test_a_problem_is_free_again_after_the_end(cast):
    cast.take(cast.sent(), "withdraw", by=cast.township, cancel_reason="improved")
    assert cast.sent().state == "submitted"


def test_who_only_waits_for_feedback_may_be_referred_again(cast):
    cast.take(in_treatment(cast), "discharge", by=cast.county)
    assert cast.sent().state == "submitted"


def test_nobody_moves_the_hold_by_hand(cast):
    referral = cast.sent()
    with scope(cast.township), pytest.raises(ProgrammingError, match="follows from the state"), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(held_for=None)
