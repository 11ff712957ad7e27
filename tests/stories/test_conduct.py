"""What checks of conduct find among the rows of those who are assessed, each with what must not be found."""

from datetime import date, timedelta

from tests.world import COUNTY, TOWNSHIP
from yilian.domains.governance.models import Meeting
from yilian.domains.inpatient.models import Stay
from yilian.domains.referral.models import Referral
from yilian.domains.referral.tests.cast import ARRIVAL, make_cast
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.clock.periods import Period
from yilian.kernel.workflow.parties import join
from yilian.registry.departments import register_department
from yilian.registry.models import Consortium
from yilian.registry.suspicions import checks


def found(key, actor, consortium, days=30):
    """Let a check look at the rows of somebody's institution."""
    today = clock.today()
    period = Period(today - timedelta(days=days), today + timedelta(days=days))
    with scope(actor):
        return list(checks[key].look(actor.institution_id, consortium.pk, period))


def test_a_patient_sent_there_and_back_on_one_day_is_found_on_both_sides(world):
    cast = make_cast(world)
    there = cast.sent()
    community = there.consortium
    back = world.open("referral", by=cast.county, patient=cast.patient.pk, direction="down",
                      receiver=world.place(TOWNSHIP).pk)  # fmt: skip
    facts = {"receiver_id": world.place(TOWNSHIP).pk, "consortium_id": community.pk}
    with scope(cast.county):
        join(back, world.place(TOWNSHIP).pk, "receiver")
        Referral.objects.filter(pk=back.pk).update(sent_at=there.sent_at + timedelta(days=2), **facts)
    assert found("referral.round_trip", cast.township, community) == []
    with scope(cast.county):
        Referral.objects.filter(pk=back.pk).update(sent_at=there.sent_at + timedelta(seconds=1), **facts)
    for actor in (cast.township, cast.county):
        (one,) = found("referral.round_trip", actor, community)
        assert one.cases == (there.pk,)


def test_an_arrival_written_down_days_later_is_found(world):
    cast = make_cast(world)
    prompt = cast.walk(cast.sent(), ("receive", cast.county_desk, {}), ("accept", cast.county_desk, {}))
    community = prompt.consortium
    came = clock.now() + timedelta(hours=1)
    with clock.standing_at(clock.now() + timedelta(days=6)):
        cast.take(prompt, "arrive", by=cast.county_desk, **ARRIVAL, arrived_at=came)
    (one,) = found("referral.late_entry", cast.county, community)
    assert one.cases == (prompt.pk,)
    assert found("referral.late_entry", cast.township, community) == [], "who sends does not write arrivals down"


def test_a_stay_begun_the_day_after_another_ended_is_found(world):
    cast = make_cast(world)
    place = world.place(COUNTY)
    office = world.person("office", "registrar", "admin", at=COUNTY)
    with scope(office):
        ward = register_department(by=office, institution=place, name="内科")
        for number, first, last in (("1", 20, 12), ("2", 11, 8), ("3", 2, 1)):
            Stay.objects.create(
                institution=place, department=ward, patient=cast.patient, admission_number=number, source="api",
                admitted_on=clock.today() - timedelta(days=first), discharged_on=clock.today() - timedelta(days=last),
                diagnosis_name="肺炎", reporter_name="接口", reported_at=clock.now(),
            )  # fmt: skip
    (one,) = found("inpatient.split_stays", office, Consortium.objects.first())
    assert one.text.startswith("1 ")


def test_a_meeting_to_which_nobody_came_is_found(world):
    cast = make_cast(world)
    group = Consortium.objects.get(name="江城市医疗集团")
    meeting = world.open("meeting", by=cast.office, consortium=group.pk, form="joint", subject="联席会议")
    with scope(cast.office):
        rows = Meeting.objects.filter(pk=meeting.pk)
        rows.update(held_on=date.today(), present=3, minutes="已议定三项。")
        assert found("governance.empty_meetings", cast.office, group) == []
        rows.update(present=1)
    (one,) = found("governance.empty_meetings", cast.office, group)
    assert one.cases == (meeting.pk,)
