"""How long people wait for a service is computed from what happened; too few cases are unknown, not zero."""

import io
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from tests.stories.services_cast import Program, browser, offered
from yilian.domains.capacity.board.reporting import add_resource
from yilian.domains.capacity.booking.opening import open_beds
from yilian.domains.capacity.models import Wait
from yilian.domains.capacity.parameters import WAIT_FEWEST
from yilian.domains.capacity.waiting.computing import compute_all, compute_waits
from yilian.domains.referral.tests.cast import ARRIVAL, make_cast
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.rules.values import set_value
from yilian.registry.patients import register_patient

DAY = timedelta(days=1)
NOON = datetime(2026, 8, 31, 4, tzinfo=UTC)


@pytest.fixture
def cast(world):
    cast = make_cast(world)
    with clock.standing_at(NOON - 100 * DAY):
        cast.service = offered(cast.county)
        set_value(WAIT_FEWEST, "1", by=cast.office, effective_from=clock.today(), ground="会议")
    return cast


def at(days, hours=0):
    return clock.standing_at(NOON + days * DAY + timedelta(hours=hours))


def sent(cast, days=0, **changes):
    with at(days):
        person, _new = register_patient(by=cast.township, name="何别人", identity_number="")
        known = {"patient": person.pk, "consent_by": "何别人", "is_of_consent_age": True, "service": cast.service.pk}
        return cast.sent(**known | {"consent_told_at": clock.now()} | changes)


def take(cast, referral, days, verb, by=None, **answers):
    with at(days):
        return cast.take(referral, verb, by=by or cast.county, **answers)


def dated(days):
    start = NOON + days * DAY
    return {"appointment_start": start, "appointment_end": start + timedelta(hours=1), "appointment_place": "二楼"}


def waits(cast, days=60):
    with at(days):
        compute_all()
    return Wait.objects.get(service=cast.service)


def test_the_first_clock_ends_at_the_first_date_and_the_second_at_the_arrival(cast):
    referral = take(cast, sent(cast), 1, "accept")
    referral = take(cast, referral, 1, "schedule", **dated(4))
    take(cast, referral, 4.5, "arrive", **ARRIVAL)
    found = waits(cast)
    assert (found.offer_count, found.offer_median) == (1, Decimal("4.0"))
    assert (found.arrival_count, found.arrival_median) == (1, Decimal("3.5"))


def test_what_the_patient_causes_is_left_out_once_for_each_date(cast):
    referral = take(cast, sent(cast), 1, "accept")
    referral = take(cast, referral, 1, "schedule", **dated(3))
    referral = take(cast, referral, 3.5, "report_no_show", no_show_reason="transport")
    referral = take(cast, referral, 4, "rebook", by=cast.township, wish="下周", delay_cause="patient")
    referral = take(cast, referral, 5, "schedule", **dated(10))
    referral = take(cast, referral, 6, "reschedule", **dated(12), delay_cause="patient", delay_reason="农忙")
    take(cast, referral, 12, "arrive", **ARRIVAL)
    found = waits(cast)
    assert found.offer_median == Decimal("3.0")
    assert found.arrival_median == Decimal("2.0")  # 11 days, less 3 → 10 and 10 → 12


def test_what_the_institution_causes_counts(cast):
    referral = take(cast, sent(cast), 1, "accept")
    referral = take(cast, referral, 1, "schedule", **dated(3))
    referral = take(cast, referral, 2, "reschedule", **dated(8), delay_cause="institution", delay_reason="停诊")
    take(cast, referral, 8, "arrive", **ARRIVAL)
    assert waits(cast).arrival_median == Decimal("7.0")


def test_a_bed_is_offered_from_the_moment_it_was_booked(cast):
    with at(0), scope(cast.county_desk):
        resource = add_resource(by=cast.county_desk, kind="bed", name="普通床")
        (bed,) = open_beds(resource, ["1床"], by=cast.county_desk)
    take(cast, sent(cast), 2, "accept", place=bed.pk)
    assert waits(cast).offer_median == Decimal("2.0")


def test_critical_and_erroneous_cases_are_left_out(cast):
    take(cast, sent(cast, priority="1"), 1, "accept")
    wrong = take(cast, sent(cast), 1, "accept")
    wrong = take(cast, wrong, 1, "schedule", **dated(9))
    take(cast, wrong, 2, "mark_error", by=cast.township, error_note="录错")
    assert waits(cast).offer_count == 0


def test_a_case_counts_where_it_was_sent_last(cast):
    with at(-50):
        elsewhere = offered(cast.city, "神经内科住院")
    referral = take(cast, sent(cast), 1, "accept")
    referral = take(cast, referral, 1, "schedule", **dated(4))
    onward = {"receiver": cast.city.institution_id, "redirect_reason": "better_place", "patient_agrees": True}
    referral = take(cast, referral, 5, "refer_onward", note="转上级", service=elsewhere.pk, **onward)
    referral = take(cast, referral, 6, "accept", by=cast.city)
    take(cast, referral, 6, "schedule", by=cast.city, **dated(7))
    assert waits(cast).offer_count == 0
    assert Wait.objects.get(service=elsewhere).offer_median == Decimal("2.0")


def test_the_months_end_yesterday_and_what_is_older_falls_out(cast):
    referral = take(cast, sent(cast), 1, "accept")
    take(cast, referral, 1, "schedule", **dated(4))
    assert waits(cast, days=1).offer_count == 0
    assert waits(cast, days=2).offer_count == 1
    assert waits(cast, days=190).offer_count == 0


def test_too_few_cases_are_unknown_and_sorted_last(cast):
    with at(0):
        set_value(WAIT_FEWEST, "2", by=cast.office, effective_from=clock.today(), ground="会议")
        other = offered(cast.county, "儿科门诊")
    for case, service in ((5, cast.service), (1, cast.service), (2, other)):
        referral = take(cast, sent(cast, service=service.pk), 1, "accept")
        take(cast, referral, 1, "schedule", **dated(case))
    found = waits(cast)
    assert (found.offer_count, found.offer_median, found.offer_most) == (2, Decimal("3.0"), Decimal("4.6"))
    assert (other.wait.offer_count, other.wait.offer_median) == (1, None)
    page = browser(cast.township).get("/services/?sort=wait").content.decode()
    assert "例数不足（1 例）" in page
    assert page.index("心血管内科住院") < page.index("儿科门诊")
    lines = Program(cast.township).asks("services?sort=wait").json()["items"]
    assert [line["wait"]["offer_median"] for line in lines] == [3.0, None]
    hints = browser(cast.township).get("/pick/service/?direction=up").json()["items"]
    assert any("等候约 3 天" in str(hint) for hint in hints)


def test_nobody_computes_for_another_and_twice_changes_nothing(cast):
    take(cast, sent(cast), 1, "accept")
    with at(60):
        assert compute_waits(cast.stranger.institution_id) == 0
        assert compute_waits(cast.county.institution_id) == compute_waits(cast.county.institution_id) == 1
    assert Wait.objects.count() == 1
    with scope(cast.stranger):
        assert Wait.objects.update(offer_count=9) == 0


def test_places_are_handed_out_as_a_workbook(cast):
    with at(0), scope(cast.county_desk):
        resource = add_resource(by=cast.county_desk, kind="bed", name="普通床")
        (bed, _other) = open_beds(resource, ["1床", "=2床"], by=cast.county_desk)
    referral = cast.take(cast.sent(), "accept", by=cast.county, place=bed.pk)
    answer = browser(cast.county_desk).get("/places/export.xlsx")
    rows = read(answer.content)
    assert [row[2] for row in rows[1:]] == ["1床", "=2床"]
    assert rows[1][6:8] == ["已预约", referral.number]
    assert browser(cast.stranger).get("/places/export.xlsx").status_code == 200
    assert len(read(browser(cast.stranger).get("/places/export.xlsx").content)) == 1


def read(content):
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_index(0).to_python()
