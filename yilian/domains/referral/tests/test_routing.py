"""Declined, redirected, referred onward, put on hold, withdrawn: the side roads of a referral."""

from datetime import timedelta

import pytest

from yilian.domains.referral.tests.cast import ARRIVAL, appointment, refused
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow.models import Happening, Participation

WHY = {"redirect_reason": "declined", "patient_agrees": True}


def sides_of(referral, actor):
    with scope(actor):
        rows = Participation.objects.filter(case=referral).values_list("side", "institution_id")
        return {(side, institution) for side, institution in rows if side < 10}


def declined(cast, **rest):
    return cast.take(cast.sent(), "decline", by=cast.county_desk, decline_reason="incomplete", **rest)


def test_a_refusal_names_its_reason_and_waits_for_the_sender(cast):
    referral = declined(cast)
    assert (referral.state, referral.open) == ("declined", True)
    assert referral.status_reason_name == "资料不全且未按要求补充"
    assert referral.refused_by == [cast.county.institution_id]


def test_a_reason_that_wants_words_gets_them(cast):
    referral = cast.sent()
    assert "须写明具体情况" in refused(cast, referral, "decline", cast.county_desk, decline_reason="unfit")
    done = cast.take(referral, "decline", by=cast.county_desk, decline_reason="unfit", note="血压不稳")
    assert done.status_note == "血压不稳"


def test_no_bed_here_means_naming_the_next_place(cast):
    referral = cast.sent()
    assert "建议去向" in refused(cast, referral, "decline", cast.county_desk, decline_reason="no_capacity")
    done = cast.take(
        referral, "decline", by=cast.county_desk, decline_reason="no_capacity", suggested_next=cast.city.institution_id
    )
    assert done.suggested_next_id == cast.city.institution_id


def test_a_redirected_referral_keeps_its_number_and_its_trace(cast):
    referral = declined(cast)
    moved = cast.take(referral, "redirect", by=cast.township, receiver=cast.city.institution_id, **WHY)
    assert (moved.state, moved.number) == ("submitted", referral.number)
    former = (3, cast.county.institution_id)
    assert sides_of(moved, cast.township) == {(1, cast.township.institution_id), (2, cast.city.institution_id), former}
    assert moved.received_at is None


def test_the_former_receiver_reads_but_steps_no_more(cast):
    referral = cast.take(declined(cast), "redirect", by=cast.township, receiver=cast.city.institution_id, **WHY)
    assert cast.world.sees(cast.county, referral)
    assert "由转入方" in refused(cast, referral, "accept", cast.county_desk)
    assert cast.take(referral, "accept", by=cast.city_desk).state == "accepted"


def test_nobody_is_asked_again_after_refusing(cast):
    referral = cast.take(declined(cast), "redirect", by=cast.township, receiver=cast.city.institution_id, **WHY)
    cast.take(referral, "decline", by=cast.city_desk, decline_reason="incomplete")
    says = refused(cast, referral, "redirect", cast.township, receiver=cast.county.institution_id, **WHY)
    assert "已拒收过本单" in says


def test_a_redirect_goes_somewhere_else(cast):
    referral = cast.sent()
    says = refused(cast, referral, "reroute", cast.township, receiver=cast.county.institution_id, **WHY)
    assert "不同的机构" in says


def test_an_unanswered_referral_is_rerouted(cast):
    referral = cast.take(cast.sent(), "reroute", by=cast.township, receiver=cast.city.institution_id, **WHY)
    assert (referral.state, referral.receiver_id) == ("submitted", cast.city.institution_id)


def test_the_patient_is_asked_again_before_another_place(cast):
    referral = declined(cast)
    says = refused(
        cast, referral, "redirect", cast.township, receiver=cast.city.institution_id, redirect_reason="declined"
    )
    assert "再次告知患者" in says


def test_the_county_refers_onward_to_the_city(cast):
    referral = cast.walk(
        cast.sent(),
        ("accept", cast.county_desk, {}),
        ("arrive", cast.county_desk, ARRIVAL),
        ("treat", cast.county, {}),
        ("refer_onward", cast.county, {"receiver": cast.city.institution_id, **WHY}),
    )
    assert (referral.state, referral.arrived_at, referral.encounter_number) == ("submitted", None, "")
    assert (3, cast.county.institution_id) in sides_of(referral, cast.county)
    assert cast.take(referral, "accept", by=cast.city_desk).state == "accepted"


def test_information_is_asked_and_given(cast):
    referral = cast.take(
        cast.sent(), "ask_information", by=cast.county_desk, information_kind="results", information_wanted="心肌酶谱"
    )
    assert referral.state == "awaiting_information"
    assert "由转出方" in refused(cast, referral, "answer_information", cast.county, information_given="见附件")
    answered = cast.take(referral, "answer_information", by=cast.township, information_given="肌钙蛋白阴性")
    assert (answered.state, answered.status_reason) == ("received", "")


def test_the_answer_clock_runs_on_while_information_is_asked(cast):
    referral = cast.sent()
    due = referral.due
    cast.walk(
        referral,
        ("ask_information", cast.county_desk, {"information_kind": "results"}),
        ("answer_information", cast.township, {"information_given": "见附件"}),
    )
    assert cast.fresh(referral).due == due


def test_a_time_is_proposed_refused_and_confirmed(cast):
    referral = cast.walk(
        cast.sent(),
        ("accept", cast.county_desk, {}),
        ("propose_time", cast.county_desk, appointment()),
        ("refuse_time", cast.township, {"wish": "周五上午"}),
    )
    assert (referral.state, referral.appointment_start) == ("accepted", None)
    referral = cast.walk(
        referral, ("propose_time", cast.county_desk, appointment(3)), ("confirm_time", cast.township, {})
    )
    assert referral.state == "scheduled"
    assert referral.due - referral.appointment_end == timedelta(hours=24)


def test_a_new_date_moves_the_deadline(cast):
    referral = cast.walk(
        cast.sent(), ("accept", cast.county_desk, {}), ("schedule", cast.county_desk, appointment(1)),
        ("reschedule", cast.county_desk, appointment(9)),
    )  # fmt: skip
    assert referral.state == "scheduled"
    assert referral.due - referral.appointment_end == timedelta(hours=24)


def scheduled(cast):
    return cast.walk(cast.sent(), ("accept", cast.county_desk, {}), ("schedule", cast.county_desk, appointment()))


def test_a_no_show_is_booked_again_or_ends(cast):
    referral = cast.take(scheduled(cast), "report_no_show", by=cast.county_desk, no_show_reason="unreachable")
    assert (referral.state, referral.open) == ("no_show", True)
    again = cast.take(referral, "rebook", by=cast.township, wish="下周一")
    assert (again.state, again.appointment_start, again.status_reason) == ("accepted", None, "")
    referral = cast.walk(
        again, ("schedule", cast.county_desk, appointment()),
        ("report_no_show", cast.county_desk, {"no_show_reason": "unreachable"}),
        ("close_no_show", cast.county_desk, {"no_show_reason": "unreachable"}),
    )  # fmt: skip
    assert (referral.state, referral.open) == ("unattended", False)


def test_a_hold_before_and_after_the_acceptance_resumes_to_different_states(cast):
    referral = cast.take(cast.sent(), "hold", by=cast.township, hold_reason="transport_unfit")
    assert "接收后暂停" in refused(cast, referral, "resume", cast.township)
    referral = cast.take(referral, "resume_unanswered", by=cast.township)
    assert referral.state == "submitted"
    referral = cast.walk(
        referral, ("accept", cast.county_desk, {}), ("schedule", cast.county_desk, appointment()),
        ("hold", cast.county_desk, {"hold_reason": "no_transport"}),
    )  # fmt: skip
    assert (referral.state, referral.appointment_start) == ("on_hold", None)
    assert "尚未接收" in refused(cast, referral, "resume_unanswered", cast.county_desk)
    assert cast.take(referral, "resume", by=cast.county_desk).state == "accepted"


def test_before_arrival_the_sender_withdraws_alone(cast):
    referral = cast.take(scheduled(cast), "withdraw", by=cast.township, cancel_reason="improved")
    assert (referral.state, referral.status_reason) == ("withdrawn", "improved")


def in_treatment(cast):
    return cast.walk(scheduled(cast), ("arrive", cast.county_desk, ARRIVAL), ("treat", cast.county, {}))


def test_after_arrival_cancelling_is_asked_and_answered(cast):
    referral = in_treatment(cast)
    assert "不能「撤回」" in refused(cast, referral, "withdraw", cast.township, cancel_reason="improved")
    referral = cast.take(referral, "ask_cancellation", by=cast.township, cancel_reason="patient_declines")
    assert "由转入方" in refused(cast, referral, "agree_cancellation", cast.township)
    referral = cast.take(referral, "refuse_cancellation", by=cast.county, cancellation_refusal="已行手术")
    assert referral.state == "in_treatment"
    referral = cast.walk(
        referral, ("ask_cancellation", cast.township, {"cancel_reason": "patient_declines"}),
        ("agree_cancellation", cast.county, {}),
    )  # fmt: skip
    assert referral.state == "withdrawn"


@pytest.mark.parametrize("reason", ["died", "left", "treated_elsewhere", "lost"])
def test_ends_that_are_no_success_have_their_reason(cast, reason):
    referral = cast.take(
        in_treatment(cast),
        "fail",
        by=cast.county,
        failure_reason=reason,
        died_on=clock.today() if reason == "died" else "",
    )
    assert (referral.state, referral.open, referral.status_reason) == ("failed", False, reason)


def test_a_wrong_entry_is_marked_and_stays_readable(cast):
    referral = cast.take(cast.sent(), "mark_error", by=cast.township, error_note="选错患者")
    assert referral.state == "entered_in_error"
    with scope(cast.county):
        assert Happening.objects.filter(case=referral, verb="mark_error").count() == 1


def test_a_refused_referral_may_be_given_up(cast):
    referral = cast.take(declined(cast), "abandon", by=cast.township, cancel_reason="improved")
    assert (referral.state, referral.open) == ("abandoned", False)


def test_a_final_state_leads_nowhere(cast):
    referral = cast.take(declined(cast), "abandon", by=cast.township, cancel_reason="improved")
    assert "不能「接收」" in refused(cast, referral, "accept", cast.county_desk)
    with scope(cast.township):
        assert referral.case_type.flow.steps_from(referral.state) == []


def test_an_unanswered_referral_expires_by_the_clock(cast):
    referral = cast.sent()
    the_clock = cast.world.clock_at(cast.township.institution_name)
    assert referral.due - clock.now() <= timedelta(hours=12)
    assert cast.take(referral, "expire", by=the_clock).state == "expired"


def test_who_never_arrives_lapses_by_the_clock(cast):
    the_clock = cast.world.clock_at(cast.township.institution_name)
    assert cast.take(scheduled(cast), "lapse", by=the_clock).state == "lapsed"


def test_the_clock_takes_only_its_own_steps(cast):
    assert "系统时钟" in refused(cast, cast.sent(), "accept", cast.world.clock_at(cast.county.institution_name))


def test_people_do_not_take_the_steps_of_the_clock(cast):
    refused(cast, cast.sent(), "expire", cast.township)
