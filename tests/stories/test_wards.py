"""A ward shared by two institutions: agreed, rounds planned, called, held and written; notes that only both read."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.stories.services_cast import Program, browser
from tests.world import COUNTY, TOWNSHIP
from yilian.domains.referral.tests.cast import make_cast, refused
from yilian.domains.ward.models import SharedWard, WardNote, WardRound
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.clock.periods import Period
from yilian.kernel.deadlines.rounds import go_round
from yilian.kernel.indicators.evaluation import evaluate
from yilian.kernel.notices.models import Notice
from yilian.kernel.workflow.refusals import Refused
from yilian.registry import patients
from yilian.registry.models import Practitioner

DAYS = Period(clock.today() - timedelta(days=2), clock.today() + timedelta(days=2))
FOUND = {"findings": "伤口愈合良好", "orders": "拆线，继续康复训练"}


@pytest.fixture
def cast(world):
    return make_cast(world)


def head(cast, at, name):
    return Practitioner.objects.create(institution=cast.world.place(at), name=name).pk


def terms(cast, **changes):
    today = clock.today()
    return {
        "visitor": cast.county.institution_id, "name": "康复延伸病房", "beds": "1床 2床、3床",
        "host_head": head(cast, TOWNSHIP, "钱主任"), "visitor_head": head(cast, COUNTY, "孙主任"),
        "rounds_a_month": 4, "since_on": today, "until_on": today + timedelta(days=90), **changes,
    }  # fmt: skip


def proposed(cast, **changes):
    ward = cast.world.open("sharedward", by=cast.township_desk, **terms(cast, **changes))
    return cast.take(ward, "propose", by=cast.township_desk)


def shared(cast):
    ward = proposed(cast)
    return cast.take(ward, "agree", by=cast.county_desk, visitor_head=ward.visitor_head_id)


def planned(cast, ward=None, hours=2):
    ward = ward or shared(cast)
    at = clock.now() + timedelta(hours=hours)
    cast.take(ward, "plan_round", by=cast.township, planned_at=at, way="on_site", topics="术后康复")
    with scope(cast.township):
        return WardRound.objects.filter(ward_case=ward.pk).latest("pk")


def listed(cast, ward_round, bed="1床"):
    cast.take(ward_round, "list_patient", by=cast.township, inpatient=cast.patient.pk, bed=bed)
    with scope(cast.township):
        return WardNote.objects.get(round_case=ward_round.pk)


def share(key, actor):
    with scope(actor):
        value = evaluate(key, institution_id=actor.institution_id, period=DAYS)
        return value.part, value.whole


def test_a_round_is_planned_called_held_and_written_and_counts_at_both(cast):
    ward_round = planned(cast)
    ward_round = cast.take(ward_round, "call", by=cast.county, leader=head(cast, COUNTY, "李教授"))
    note = listed(cast, ward_round)
    with clock.standing_at(clock.now() + timedelta(hours=3)):
        ward_round = cast.take(ward_round, "hold", by=cast.county, attendees="李教授、钱主任")
        assert "1床" in refused(cast, ward_round, "write", cast.county, summary="一切顺利")
        cast.take(note, "record", by=cast.county, **FOUND)
        ward_round = cast.take(ward_round, "write", by=cast.township, summary="一名患者可出院")
        assert ward_round.state == "written"
        for actor in (cast.township, cast.county):
            assert share("ward.rounds_held", actor) == (1, 1)
            assert share("ward.rounds_written", actor) == (1, 1)


def test_only_the_two_institutions_of_the_round_read_a_note(cast):
    ward_round = planned(cast)
    with scope(cast.county):
        assert cast.patient.pk not in {row.pk for row in type(cast.patient).objects.all()}
    note = listed(cast, ward_round)
    page = browser(cast.county).get(ward_round.get_absolute_url()).content.decode()
    assert cast.patient.name in page
    for actor, status in ((cast.county, 200), (cast.city, 404), (cast.office, 404), (cast.stranger, 404)):
        assert browser(actor).get(note.get_absolute_url()).status_code == status
    watched = browser(cast.office).get(ward_round.get_absolute_url())
    assert watched.status_code == 200
    history = Program(cast.office).asks(f"cases/wardround/{ward_round.pk}/history")
    assert len(history.json()["items"]) == 2
    for answer in (watched, history):
        assert cast.patient.name not in answer.content.decode()
        assert str(cast.patient.pk) not in answer.content.decode()


def test_a_round_nobody_registered_is_missed_at_both_and_the_office_hears_of_it(cast):
    ward = shared(cast)
    ward_round = planned(cast, ward)
    with clock.standing_at(clock.now() + timedelta(hours=27)):
        go_round()
        with scope(cast.county):
            assert WardRound.objects.get(pk=ward_round.pk).state == "missed"
        for actor in (cast.township, cast.county, cast.office):
            with scope(actor):
                assert Notice.objects.filter(case_id=ward_round.pk, verb="miss").exists()
    with clock.standing_at(clock.now() + timedelta(hours=26, minutes=1)):
        assert share("ward.rounds_held", cast.county) == (0, 1)
    assert "未按期 1 次" in browser(cast.county).get(ward.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"beds": " 、"}, "逐个写明床位"),
        ({"since_on": clock.today() - timedelta(days=9), "until_on": clock.today() - timedelta(days=1)}, "止日不早于"),
    ],
)
def test_a_ward_that_cannot_be_is_refused_with_a_sentence(cast, changes, says):
    ward = cast.world.open("sharedward", by=cast.township_desk, **terms(cast, **changes))
    assert says in refused(cast, ward, "propose", cast.township_desk)


def test_a_ward_with_oneself_or_a_strangers_head_is_refused(cast):
    other = head(cast, TOWNSHIP, "周主任")
    ward = cast.world.open("sharedward", by=cast.township_desk, **terms(cast, visitor_head=other))
    assert "负责人应属于其机构" in refused(cast, ward, "propose", cast.township_desk)
    outside = cast.stranger.institution_id
    ward = cast.world.open("sharedward", by=cast.township_desk, **terms(cast, visitor=outside, visitor_head=None))
    assert "同一医联体" in refused(cast, ward, "propose", cast.township_desk)


def test_rounds_lie_ahead_within_the_term_and_patients_in_named_beds_once(cast):
    ward = shared(cast)
    plan = {"way": "remote"}
    late = clock.now() + timedelta(days=91)
    assert "合作期内" in refused(cast, ward, "plan_round", cast.township, planned_at=late, **plan)
    past = clock.now() - timedelta(minutes=1)
    assert "将来" in refused(cast, ward, "plan_round", cast.township, planned_at=past, **plan)
    ward_round = planned(cast, ward)
    who = {"inpatient": cast.patient.pk}
    assert "登记的床位：1床、2床、3床" in refused(cast, ward_round, "list_patient", cast.township, bed="9床", **who)
    listed(cast, ward_round)
    assert "已在本次查房名单" in refused(cast, ward_round, "list_patient", cast.township, bed="2床", **who)
    second = cast.world.open("wardnote", by=cast.township, patient=cast.patient.pk, bed="2床")
    with scope(cast.township):
        rows = WardNote.objects.filter(pk=second.pk)
        with pytest.raises(IntegrityError, match="ward_note_once"), transaction.atomic():
            rows.update(round_case_id=ward_round.pk, about=cast.patient.pk)


def test_a_patient_listed_under_a_row_that_was_merged_is_not_listed_again(cast):
    ward_round = planned(cast)
    twin, _is_new = patients.register_patient(by=cast.township, name="冯东桂", birth_on=date(1957, 3, 1))
    cast.take(ward_round, "list_patient", by=cast.township, inpatient=twin.pk, bed="1床")
    patients.merge(cast.patient, twin, by=cast.township, ground="本人到场核对身份证", is_verified=True)
    who = {"inpatient": cast.patient.pk, "bed": "2床"}
    assert "已在本次查房名单" in refused(cast, ward_round, "list_patient", cast.township, **who)


def test_a_ward_ends_when_its_rounds_are_settled_and_by_itself_after_the_last_day(cast):
    ward = shared(cast)
    ward_round = planned(cast, ward)
    assert ward_round.number in refused(cast, ward, "end", cast.county_desk, end_reason="人员调整")
    cast.take(ward_round, "cancel", by=cast.county, why="人员调整")
    with clock.standing_at(clock.now() + timedelta(days=92)):
        go_round()
        with scope(cast.township):
            assert SharedWard.objects.get(pk=ward.pk).state == "expired"


def test_the_wrong_side_agrees_to_nothing(cast):
    ward = proposed(cast)
    with pytest.raises(Refused):
        cast.take(ward, "agree", by=cast.township_desk, visitor_head=ward.visitor_head_id)
    with pytest.raises(SharedWard.DoesNotExist):
        cast.take(ward, "agree", by=cast.stranger, visitor_head=ward.visitor_head_id)


def test_programs_plan_rounds_too(cast):
    ward = shared(cast)
    body = {"answers": {"planned_at": (clock.now() + timedelta(days=1)).isoformat(), "way": "remote"}}
    answer = Program(cast.township).asks(f"cases/sharedward/{ward.pk}/steps/plan_round", body)
    assert answer.status_code == 200, answer.content.decode()
    assert len(Program(cast.county).asks("cases/wardround").json()["items"]) == 1
