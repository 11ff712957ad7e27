"""Who is between two institutions now: each side and the office see their own, with who answers and how late."""

from datetime import timedelta

import pytest

from tests.stories.services_cast import Program, browser
from tests.stories.test_transport import SIGNING, on_the_road, plan
from yilian.domains.referral.models import FollowUp
from yilian.domains.referral.tests.cast import appointment, make_cast
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.reports.white_period.gathering import gather


@pytest.fixture
def cast(world):
    return make_cast(world)


def seen_by(actor, **narrow):
    with scope(actor):
        return gather(actor, **narrow)


def numbers(lines):
    return [line["number"] for line in lines]


def sent_down(cast):
    """Send the patient from the county down to the township, which accepts."""
    cast.take(cast.sent(), "accept", by=cast.county)
    answers = {**cast.answers, "direction": "down", "receiver": cast.township.institution_id, "down_reason": "stable",
               "care_plan": "继续服药", "diagnosis": "I63", "impression": "脑梗死恢复期",
               "is_no_duplicate": True}  # fmt: skip
    referral = cast.world.open("referral", by=cast.county, **answers)
    return cast.take(cast.take(referral, "send", by=cast.county), "accept", by=cast.township)


def test_both_sides_and_the_office_see_who_is_on_the_road_and_strangers_nobody(cast):
    _referral, journey = on_the_road(cast)
    for actor in (cast.township, cast.county, cast.office):
        lines = seen_by(actor).on_the_way
        assert numbers(lines) == [journey.number]
        assert lines[0]["responsible"] == cast.township.institution_name
        assert lines[0]["late"] is None
    assert seen_by(cast.office).on_the_way[0]["patient"] is None
    assert seen_by(cast.stranger).on_the_way == []
    assert seen_by(cast.township, only_late=True).on_the_way == []


def test_a_signature_takes_the_patient_off_the_list(cast):
    _referral, journey = on_the_road(cast)
    with clock.standing_at(journey.expected_arrival + timedelta(minutes=15)):
        assert [line["late"] for line in seen_by(cast.county, only_late=True).on_the_way] == [15]
    cast.take(journey, "sign", by=cast.county, **SIGNING)
    assert seen_by(cast.county).on_the_way == []


def test_whoever_has_not_left_appears_once_it_is_late(cast):
    referral = cast.take(cast.sent(), "accept", by=cast.county)
    begin = clock.now()
    cast.take(referral, "arrange_transport", by=cast.township, **plan())
    with clock.standing_at(begin - timedelta(minutes=5)):
        assert seen_by(cast.township).on_the_way == []
    with clock.standing_at(begin + timedelta(minutes=10)):
        assert [line["state_key"] for line in seen_by(cast.township).on_the_way] == ["planned"]


def test_a_passed_appointment_is_listed_unless_the_patient_travels_in_a_transport(cast):
    referral = cast.take(cast.sent(), "accept", by=cast.county)
    cast.take(referral, "schedule", by=cast.county, **appointment())
    assert seen_by(cast.county).not_there == []
    with clock.standing_at(clock.now() + timedelta(days=2, hours=1)):
        assert numbers(seen_by(cast.county).not_there) == [referral.number]
        now = clock.now()
        late = plan(planned_departure=now - timedelta(hours=2), expected_arrival=now - timedelta(hours=1))
        cast.take(referral, "arrange_transport", by=cast.township, **late)
        found = seen_by(cast.county)
        assert (len(found.on_the_way), found.not_there) == (1, [])


def test_after_a_return_the_sender_answers_until_the_member_has_the_patient(cast):
    referral = sent_down(cast)
    for actor in (cast.township, cast.county, cast.office):
        (line,) = seen_by(actor).after_return
        assert (line["from"], line["to"]) == (cast.county.institution_name, cast.township.institution_name)
        assert not line["has_arrived"]
    assert "尚未到诊，由下转机构负责" in browser(cast.county).get("/whereabouts/").content.decode()
    cast.take(referral, "arrive", by=cast.township, encounter_class="outpatient")
    with clock.standing_at(clock.now() + timedelta(days=16)):
        (line,) = seen_by(cast.county, only_late=True).after_return
        assert (line["has_arrived"], line["late"]) == (True, 2)
    with scope(cast.township):
        task = FollowUp.objects.get(down_referral=referral)
    done = {"done_on": clock.today(), "way": "home", "control": "good", "result": "平稳"}
    cast.take(task, "finish", by=cast.township, **done)
    assert seen_by(cast.county).after_return == []


def test_the_page_and_the_interface_say_the_same_and_an_empty_page_says_what_it_means(cast):
    page = browser(cast.county).get("/whereabouts/").content.decode()
    assert "现在没有在途的患者" in page
    _referral, journey = on_the_road(cast)
    assert "赵护士" in browser(cast.county).get("/whereabouts/").content.decode()
    found = Program(cast.county).asks("whereabouts").json()
    assert [line["number"] for line in found["on_the_way"]] == [journey.number]
    office = browser(cast.office).get("/whereabouts/").content.decode()
    assert journey.number in office
    assert cast.patient.name not in office
    assert Program(cast.world.person("hr", at="石桥乡卫生院")).asks("whereabouts").status_code == 403
