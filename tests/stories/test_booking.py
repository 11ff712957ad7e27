"""Beds and slots are booked while a referral is accepted, never twice, and freed by every ending."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise
from threading import Barrier
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, connections, transaction

from tests.stories.services_cast import Program, browser
from tests.stories.test_board import workbook
from tests.world import World
from yilian.domains.capacity.board.reporting import add_resource
from yilian.domains.capacity.booking.opening import Span, close_place, open_beds, open_slots
from yilian.domains.capacity.booking.reserving import bookable, is_kept_from
from yilian.domains.capacity.models import Booking, Delay, Place
from yilian.domains.referral.tests.cast import ARRIVAL, FEEDBACK, appointment, make_cast, refused
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.imports.running import take_in
from yilian.kernel.imports.sheet import sheets
from yilian.kernel.workflow.refusals import Refused
from yilian.registry.models import Institution
from yilian.registry.patients import register_patient

HALF_HOUR = timedelta(minutes=30)


@pytest.fixture
def cast(world):
    return make_cast(world)


def opened(cast, *names, kind="bed"):
    desk = cast.county_desk
    with scope(desk):
        resource = add_resource(by=desk, kind=kind, name=f"{kind} {names[0]}")
        return open_beds(resource, names, by=desk)


def slots(cast, *, is_quota=False, days=3):
    desk, start = cast.county_desk, clock.now() + timedelta(days=days)
    with scope(desk):
        resource = add_resource(by=desk, kind="clinic", name="专家门诊")
        return open_slots(resource, "上午", Span(start, start + 3 * HALF_HOUR, 30), by=desk, is_quota=is_quota)


def accepted(cast, place, **changes):
    return cast.take(cast.sent(**changes), "accept", by=cast.county, place=place.pk)


def standing(cast):
    with scope(cast.county):
        return [(row.case_id, row.place_id) for row in Booking.objects.filter(freed_at__isnull=True)]


def delays(cast, referral):
    with scope(cast.county):
        return [(row.kind, row.cause, row.reason) for row in Delay.objects.filter(case_id=referral.pk)]


def free_now(cast):
    with scope(cast.county):
        return [place.name for place in bookable(cast.county.institution_id)]


def test_accepting_books_the_place_and_both_sides_see_it(cast):
    bed, _other = opened(cast, "1床", "2床")
    referral = accepted(cast, bed)
    assert standing(cast) == [(referral.pk, bed.pk)]
    assert free_now(cast) == ["2床"]
    for actor in (cast.township, cast.county):
        assert "bed 1床 1床" in browser(actor).get(referral.get_absolute_url()).content.decode()
    with scope(cast.stranger):
        assert not Booking.objects.exists()
        assert not Place.objects.exists()


def test_a_place_that_is_taken_is_refused_with_a_sentence_and_nothing_changes(cast):
    (bed,) = opened(cast, "1床")
    accepted(cast, bed)
    other, _new = register_patient(by=cast.township, name="何别人", identity_number="")
    later = cast.sent(patient=other.pk, consent_by="何别人", is_of_consent_age=True)
    assert "刚被他人预约" in refused(cast, later, "accept", cast.county, place=bed.pk)
    assert cast.fresh(later).state == "submitted"


def test_the_database_admits_no_second_booking_of_a_time(cast):
    (bed,) = opened(cast, "1床")
    accepted(cast, bed)
    with scope(cast.county):
        first = Booking.objects.get()
        with pytest.raises(IntegrityError, match="booking_never_twice"), transaction.atomic():
            Booking.objects.create(
                place=bed, case_id=first.case_id, institution_id=first.institution_id, during=first.during,
                title="x", booked_at=first.booked_at, booked_name="x",
            )  # fmt: skip


def test_of_two_who_book_at_once_one_wins_and_one_hears_why(fresh_database):
    cast = make_cast(World())
    (bed,) = opened(cast, "1床")
    other, _new = register_patient(by=cast.township, name="何别人", identity_number="")
    both = [cast.sent(), cast.sent(patient=other.pk, consent_by="何别人", is_of_consent_age=True)]
    barrier = Barrier(2)

    def take(referral):
        try:
            barrier.wait(timeout=60)
            return cast.take(referral, "accept", by=cast.county, place=bed.pk).state
        except Refused as refusal:
            return str(refusal)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(take, both))
    assert results.count("accepted") == 1
    assert sum("刚被他人预约" in result for result in results) == 1
    assert len(standing(cast)) == 1


ENDINGS = {
    "withdraw": ((("withdraw", "township", {"cancel_reason": "improved"}),)),
    "decline": ((("decline", "county", {"decline_reason": "incomplete"}),)),
    "hold": ((("hold", "township", {"hold_reason": "no_transport"}),)),
    "mark_error": ((("mark_error", "township", {"error_note": "录错"}),)),
    "fail": ((("fail", "county", {"failure_reason": "left"}),)),
    "complete": ((("arrive", "county", ARRIVAL), ("complete", "county", FEEDBACK))),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_ending_frees_the_place(cast, ending):
    (bed,) = opened(cast, "1床")
    referral = accepted(cast, bed)
    for verb, who, answers in ENDINGS[ending]:
        assert standing(cast)
        referral = cast.take(referral, verb, by=getattr(cast, who), note="说明", **answers)
    assert standing(cast) == []
    assert free_now(cast) == ["1床"]


def test_going_elsewhere_frees_the_place(cast):
    (bed,) = opened(cast, "1床")
    referral = accepted(cast, bed)
    onward = {"receiver": cast.city.institution_id, "redirect_reason": "better_place", "patient_agrees": True}
    cast.take(referral, "refer_onward", by=cast.county, note="转上级", **onward)
    assert standing(cast) == []


def test_a_no_show_frees_the_place_and_the_delay_is_the_patients(cast):
    place = slots(cast)[0]
    referral = accepted(cast, place)
    cast.take(referral, "schedule", by=cast.county, **appointment())
    assert standing(cast)
    cast.take(referral, "report_no_show", by=cast.county, no_show_reason="transport")
    assert standing(cast) == []
    assert delays(cast, referral) == [("no_show", "patient", "交通或天气原因")]
    cast.take(referral, "rebook", by=cast.township, wish="下周", delay_cause="patient", delay_reason="大雪封路")
    assert delays(cast, referral)[-1] == ("moved", "patient", "大雪封路")


def test_moving_the_time_moves_the_booking_and_says_through_whom(cast):
    first, second, _third = slots(cast)
    referral = accepted(cast, first)
    cast.take(referral, "schedule", by=cast.county, **appointment())
    moved = appointment(days=4) | {"place": second.pk, "delay_cause": "institution", "delay_reason": "停诊"}
    cast.take(referral, "reschedule", by=cast.county, **moved)
    assert standing(cast) == [(referral.pk, second.pk)]
    assert delays(cast, referral) == [("moved", "institution", "停诊")]


def test_without_a_place_the_receiver_says_from_when(cast):
    day = clock.today() + timedelta(days=5)
    referral = cast.take(cast.sent(), "accept", by=cast.county, deferred_until=day)
    assert delays(cast, referral) == [("deferred", "institution", "")]
    assert day.isoformat() in browser(cast.township).get(referral.get_absolute_url()).content.decode()


def test_a_deferral_into_the_past_or_beside_a_place_is_refused(cast):
    (bed,) = opened(cast, "1床")
    referral = cast.sent()
    said = refused(cast, referral, "accept", cast.county, place=bed.pk, deferred_until=clock.today())
    assert "应在今天之后" in said
    assert "不再填写延后安排" in said


def test_slots_kept_for_lower_levels_go_to_them_first_and_return_by_the_hour(cast):
    place = slots(cast, is_quota=True)[0]
    assert place.quota_until == place.starts_at - timedelta(hours=24)
    place.resource.institution = Institution.objects.get(pk=cast.county.institution_id)
    before, after = clock.now(), place.quota_until
    for actor, is_kept in ((cast.township, False), (cast.county, True), (cast.city, True)):
        assert is_kept_from(place, SimpleNamespace(sender_id=actor.institution_id), before) is is_kept
        assert not is_kept_from(place, SimpleNamespace(sender_id=actor.institution_id), after)


def test_a_kept_slot_is_refused_and_not_offered_to_others(cast):
    Institution.objects.filter(pk=cast.township.institution_id).update(grade=6)
    place = slots(cast, is_quota=True)[0]
    referral = cast.sent(direction="lateral")
    assert "号源下沉" in refused(cast, referral, "accept", cast.county, place=place.pk)
    items = browser(cast.county).get(f"/pick/place/?case={referral.pk}").json()["items"]
    assert items == []


def test_a_slot_that_is_over_or_closed_is_refused(cast):
    place = slots(cast)[0]
    with scope(cast.county_desk):
        close_place(place, by=cast.county_desk)
    said = refused(cast, cast.sent(), "accept", cast.county, place=place.pk)
    assert "请从列表中选择" in said
    past = clock.now() - timedelta(hours=1)
    with scope(cast.county_desk), pytest.raises(ValidationError, match="在现在之后"):
        open_slots(place.resource, "下午", Span(past, past + HALF_HOUR, 30), by=cast.county_desk)


def test_slots_are_cut_from_a_span_and_never_opened_twice(cast):
    made = slots(cast)
    assert [later.starts_at - one.starts_at for one, later in pairwise(made)] == [HALF_HOUR] * 2
    span = Span(made[0].starts_at, made[0].ends_at, 30)
    with scope(cast.county_desk), pytest.raises(ValidationError, match="已开放过"):
        open_slots(made[0].resource, "上午", span, by=cast.county_desk)


def test_only_the_institution_itself_opens_closes_and_books(cast):
    (bed,) = opened(cast, "1床")
    with scope(cast.city_desk), pytest.raises(ValidationError, match="所属机构"):
        open_beds(bed.resource, ["2床"], by=cast.city_desk)
    with scope(cast.city_desk):
        assert Place.objects.filter(pk=bed.pk).update(is_on=False) == 0
    for statement in ("update capacity_booking set freed_at = now()", "delete from capacity_booking",
                      "update capacity_delay set cause = ''"):  # fmt: skip
        with scope(cast.county), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)
    for actor, status in ((cast.city_desk, 404), (cast.stranger, 404), (cast.county, 403)):
        assert browser(actor).post(f"/places/{bed.pk}/switch/").status_code == status


def test_the_pages_open_places_and_show_who_holds_them(cast):
    desk = browser(cast.county_desk)
    with scope(cast.county_desk):
        resource = add_resource(by=cast.county_desk, kind="bed", name="普通床")
    form = {"resource": str(resource.pk), "names": "1床 2床"}
    assert desk.post("/places/new/", form).status_code == 302
    with scope(cast.county_desk):
        bed = Place.objects.get(name="1床")
    referral = accepted(cast, bed)
    page = desk.get("/places/").content.decode()
    assert referral.number in page
    assert referral.number not in browser(cast.city_desk).get("/places/").content.decode()
    assert desk.post("/places/new/", form).status_code == 422


def test_what_was_taken_off_is_opened_again(cast):
    desk, (bed,) = browser(cast.county_desk), opened(cast, "1床")
    desk.post(f"/places/{bed.pk}/switch/", {"on": "0"})
    assert "1床" not in desk.get("/places/").content.decode()
    assert "恢复使用" in desk.get("/places/?off=1").content.decode()
    desk.post(f"/places/{bed.pk}/switch/", {"on": "1"})
    assert free_now(cast) == ["1床"]
    made = slots(cast)
    with scope(cast.county_desk):
        for place in (bed, made[1]):
            close_place(place, by=cast.county_desk)
        assert [row.pk for row in open_beds(bed.resource, ["1床"], by=cast.county_desk)] == [bed.pk]
        one = Span(made[1].starts_at, made[1].ends_at, 30)
        (back,) = open_slots(made[1].resource, "上午", one, by=cast.county_desk, is_quota=True)
        assert (back.pk, back.is_on, back.quota_until) == (made[1].pk, True, back.starts_at - timedelta(hours=24))
        with pytest.raises(ValidationError, match="已开放过"):
            open_slots(made[1].resource, "上午", one, by=cast.county_desk)


def test_a_workbook_opens_beds_and_slots_once_and_takes_them_off(cast):
    day = clock.today() + timedelta(days=3)
    rows = [
        ["", "病床", "普通床", "1床", "", "", "", "", ""],
        ["", "门诊号源", "专家门诊", "上午号", f"{day} 08:00", f"{day} 09:30", "30", "是", ""],
    ]
    assert taken_in(cast, rows).created == 2
    with scope(cast.county_desk):
        assert len(bookable(cast.county.institution_id)) == 4
        assert Place.objects.filter(quota_until__isnull=False).count() == 3
    assert taken_in(cast, rows).unchanged == 2
    assert taken_in(cast, [[*rows[1][:-1], "否"]]).updated == 1
    assert free_now(cast) == ["1床"]
    wrong = taken_in(cast, [[*rows[1][:5], "", "", "", ""], [*rows[1][:4], "2026-02-30 08:00", "", "", "", ""]])
    assert wrong.failed == 2


def taken_in(cast, rows):
    """Import a workbook of places at the county's desk."""
    sheet, desk = sheets["places"], cast.county_desk
    with scope(desk):
        return take_in(sheet, by=desk, file_name="x.xlsx", content=workbook(sheet, rows), is_dry=False)


def test_programs_open_places_and_book_by_the_answer_of_a_step(cast):
    desk = Program(cast.county_desk)
    with scope(cast.county_desk):
        resource = add_resource(by=cast.county_desk, kind="bed", name="普通床")
    made = desk.asks("places", {"resource": resource.pk, "name": "1床"}).json()["items"][0]
    assert [one["id"] for one in desk.asks("places").json()["items"]] == [made["id"]]
    assert Program(cast.city_desk).asks("places", {"resource": resource.pk, "name": "2床"}).status_code == 404
    assert Program(cast.stranger).asks("places").json()["items"] == []
    referral = cast.sent()
    answer = desk.asks(f"cases/referral/{referral.pk}/steps/accept", {"answers": {"place": made["id"]}})
    assert answer.status_code == 200, answer.content.decode()
    assert desk.asks("places").json()["items"] == []
    (held,) = desk.asks("places/bookings").json()["items"]
    assert (held["place"]["id"], held["number"], held["booked_by"]) == (
        made["id"],
        referral.number,
        cast.county_desk.name,
    )
    assert Program(cast.city_desk).asks("places/bookings").json()["items"] == []
    assert desk.asks(f"places/{made['id']}/switch", {"is_on": False}).json()["is_on"] is False
    assert Program(cast.city_desk).asks(f"places/{made['id']}/switch", {"is_on": True}).status_code == 404
