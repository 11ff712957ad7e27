"""A patient goes up and the answer comes back: the main road and every refusal on it."""

from datetime import timedelta

import pytest

from tests.world import COUNTY
from yilian.domains.referral.tests.cast import ARRIVAL, FEEDBACK, appointment, refused
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow import queries, refusals
from yilian.kernel.workflow.gate import open_steps
from yilian.kernel.workflow.models import Participation
from yilian.registry.models import Department


def test_a_referral_goes_up_and_the_answer_comes_back(cast):
    referral = cast.sent()
    assert (referral.state, referral.problem, referral.priority) == ("submitted", "I20", 2)
    referral = cast.walk(
        referral,
        ("receive", cast.county_desk, {}),
        ("accept", cast.county_desk, {}),
        ("schedule", cast.county_desk, appointment()),
        ("arrive", cast.county_desk, ARRIVAL),
        ("treat", cast.county, {}),
        ("report_interim", cast.county, {"interim_note": "病情平稳"}),
        ("report_interim", cast.county, {"interim_note": "拟行造影"}),
        ("discharge", cast.county, {}),
        ("complete", cast.county, FEEDBACK),
    )
    assert referral.state == "completed"
    assert not referral.open
    seen = cast.fresh(referral)
    assert seen.feedback_at is not None
    assert seen.discharge_diagnosis_name
    assert seen.received_by == cast.county_desk.name
    assert seen.held_for_id is None


def test_seen_is_not_accepted(cast):
    referral = cast.take(cast.sent(), "receive", by=cast.county_desk)
    assert referral.received_at is not None
    assert referral.accepted_at is None
    assert referral.answered_at is None
    assert cast.take(referral, "accept", by=cast.county_desk).answered_at is not None


def test_accepting_at_once_also_says_who_saw_it(cast):
    referral = cast.take(cast.sent(), "accept", by=cast.county_desk)
    assert referral.received_by == cast.county_desk.name


def test_sending_brings_in_the_receiver_and_those_who_oversee(cast):
    referral = cast.sent()
    sees = {name: cast.world.sees(getattr(cast, name), referral) for name in
            ("county", "office", "authority", "stranger", "city")}  # fmt: skip
    assert sees == {"county": True, "office": True, "authority": True, "stranger": False, "city": False}, (
        "the city hospital leads the consortium: its office watches, its doctors do not"
    )
    with scope(cast.township):
        sides = dict(Participation.objects.filter(case=referral).values_list("side", "institution__name"))
    assert set(sides) == {1, 2, 10, 11}
    assert referral.consortium_id is not None


def test_overseers_see_but_take_no_step(cast):
    referral = cast.sent()
    for actor in (cast.office, cast.authority):
        assert "由" in refused(cast, referral, "accept", actor)
        with scope(actor):
            assert open_steps(cast.fresh(referral, actor), actor, only_mine=True) == []


def test_a_stranger_finds_nothing(cast):
    referral = cast.sent()
    with pytest.raises(type(referral).DoesNotExist):
        cast.take(referral, "accept", by=cast.stranger)
    with scope(cast.stranger):
        assert queries.newest(referral.case_type, cast.stranger) == []


@pytest.mark.parametrize("verb", ["accept", "decline", "receive", "ask_information"])
def test_the_sender_cannot_answer_for_the_receiver(cast, verb):
    assert "转入方" in refused(cast, cast.sent(), verb, cast.township)


def test_the_receiver_cannot_withdraw_for_the_sender(cast):
    assert "转出方" in refused(cast, cast.sent(), "withdraw", cast.county)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"consent_choice": "refuse"}, "同意转诊后才能发出"),
        ({"consent_choice": ""}, "同意转诊后才能发出"),
        ({"consent_by": ""}, "写明签署人"),
        ({"consent_told_at": "2099-01-01 08:00"}, "告知时间不能在将来"),
        ({"up_reason": ""}, "转出原因"),
        ({"up_reason": "other"}, "写明原因说明"),
        ({"impression": ""}, "初步印象"),
        ({"contact_phone": ""}, "联系电话"),
        ({"present_history": ""}, "主要现病史"),
        ({"direction": "down", "down_reason": "stable", "care_plan": "继续服药"}, "转入机构2级"),
        ({"direction": "down", "down_reason": "stable"}, "下一步治疗方案"),
    ],
)
def test_a_referral_is_complete_before_it_leaves(cast, changes, says):
    assert says in refused(cast, cast.draft(**changes), "send", cast.township)


def test_nobody_refers_to_themselves(cast):
    referral = cast.draft(receiver=cast.township.institution_id)
    assert "另一家机构" in refused(cast, referral, "send", cast.township)


def test_a_place_that_ended_receives_nobody(cast):
    referral = cast.draft()
    place = cast.world.place(COUNTY)
    place.ended_on, place.ending = clock.today() - timedelta(days=1), "dissolved"
    place.save()
    assert "已于" in refused(cast, referral, "send", cast.township)


def test_a_dead_patient_is_not_referred(cast):
    referral = cast.draft()
    with scope(cast.township):
        cast.patient.is_deceased = True
        cast.patient.save(update_fields=["is_deceased"])
    assert "患者在世" in refused(cast, referral, "send", cast.township)


def test_a_guardian_signs_for_a_child(cast):
    with scope(cast.township):
        cast.patient.birth_on = clock.today() - timedelta(days=3000)
        cast.patient.save(update_fields=["birth_on"])
    referral = cast.draft()
    assert "监护人签署" in refused(cast, referral, "send", cast.township)
    cast.take(referral, "edit", by=cast.township, consent_relation="5", consent_by="冯父")
    assert cast.take(referral, "send", by=cast.township).state == "submitted"


def test_a_department_belongs_to_its_hospital(cast):
    strange = Department.objects.create(institution=cast.world.place(cast.city.institution_name), name="心内科")
    referral = cast.draft(receiver_department=strange.pk)
    assert "应属于转入机构" in refused(cast, referral, "send", cast.township)


def test_outside_the_consortium_the_contact_is_noted_first(cast):
    referral = cast.draft(receiver=cast.stranger.institution_id)
    assert "先与对方对接" in refused(cast, referral, "send", cast.township)
    cast.take(referral, "edit", by=cast.township, outside_contact="心内科值班", outside_contact_note="同意收治",
              outside_contact_at=clock.now())  # fmt: skip
    sent = cast.take(referral, "send", by=cast.township)
    assert sent.consortium_id is None
    assert cast.world.sees(cast.stranger, sent)


def test_an_appointment_lies_ahead(cast):
    referral = cast.take(cast.sent(), "accept", by=cast.county_desk)
    start = clock.now()
    wrong = {"appointment_start": start, "appointment_end": start - timedelta(hours=1), "appointment_place": "三楼"}
    assert "预约时间应在将来" in refused(cast, referral, "schedule", cast.county_desk, **wrong)


def test_nobody_arrives_tomorrow(cast):
    referral = cast.take(cast.sent(), "accept", by=cast.county_desk)
    tomorrow = clock.now() + timedelta(days=1)
    assert "到诊时间不能在将来" in refused(
        cast, referral, "arrive", cast.county_desk, arrived_at=tomorrow, encounter_class="outpatient"
    )


def test_feedback_is_owed_before_the_end(cast):
    referral = cast.walk(
        cast.sent(),
        ("accept", cast.county_desk, {}),
        ("arrive", cast.county_desk, ARRIVAL),
        ("treat", cast.county, {}),
    )
    assert "请填写「诊断结果」" in refused(
        cast, referral, "complete", cast.county, **FEEDBACK | {"discharge_summary": " "}
    )
    assert "由转入方（医师）办理" in refused(cast, referral, "complete", cast.county_desk, **FEEDBACK)


def test_every_refusal_cites_its_source(cast):
    referral = cast.draft(consent_choice="refuse", up_reason="", direction="down")
    with pytest.raises(refusals.StepRefused) as caught:
        cast.take(referral, "send", by=cast.township)
    rules = [reason for reason in caught.value.reasons if reason.kind == "rule"]
    assert len(rules) >= 3
    assert all(reason.citations and "依据：" in reason.text for reason in rules)
