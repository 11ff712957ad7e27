"""The whole way: referral with its package, a booked bed, the transport, a round, home again, and followed up."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.acts import address, ask, choose, confirm, fill, stands, take
from tests.e2e.test_referral import only
from tests.e2e.test_referral_journey import FEEDBACK, send_back
from yilian.domains.capacity.board.reporting import add_resource
from yilian.domains.capacity.booking.opening import open_beds
from yilian.domains.records.issuing import Facts, issue_record
from yilian.domains.referral.models import FollowUp, Referral
from yilian.domains.transport.models import Journey
from yilian.domains.ward.models import WardNote, WardRound
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow.engine import open_case
from yilian.kernel.workflow.engine import take as take_step
from yilian.registry.models import Practitioner

CHECKS = ("identity", "documents", "risk_told", "receiver_told", "lines", "drugs", "monitor", "oxygen")


@pytest.fixture(autouse=True)
def vault_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "documents"


def in_minutes(minutes: int) -> str:
    return f"{clock.local(clock.now() + timedelta(minutes=minutes)):%Y-%m-%d %H:%M}"


def sent_with_a_package(cast, page_of) -> Page:
    """Draft the referral at the township and send it with a document of the patient; return its page."""
    with scope(cast.township):
        facts = Facts("examination", "心电图报告", "田医师", clock.now(), {"findings": "ST段压低"})
        issue_record(facts, patient_id=cast.patient.pk, by=cast.township)
    page = page_of(cast.township)
    page.goto(address(cast.draft()))
    ask(page, "send")
    choose(page, "documents", "心电", "心电图报告")
    confirm(page)
    stands(page, "已提交")
    return page


def accepted_with_a_bed(cast, page_of) -> Page:
    """Let the county accept and book a bed in the same step; return its page."""
    with scope(cast.county_desk):
        open_beds(add_resource(by=cast.county_desk, kind="bed", name="普通床"), ["1床"], by=cast.county_desk)
    page = page_of(cast.county)
    page.goto(address(only(cast, cast.county)))
    ask(page, "accept")
    choose(page, "place", "1床", "1床")
    confirm(page)
    expect(page.locator("#card-booking")).to_contain_text("已预留")
    return page


def brought(township: Page, county: Page, cast, readable) -> Journey:
    """Arrange the transport, leave, show on the list of those between, and sign for the patient."""
    township.reload()
    take(township, "arrange_transport", transport="ambulance", escorted_by="sender", escort="赵护士",
         escort_phone="0700-1234567", vehicle="楚A·120急", planned_departure=in_minutes(0),
         expected_arrival=in_minutes(60))  # fmt: skip
    township.locator("#card-journeys a").click()
    dialog = ask(township, "depart")
    for check in CHECKS:
        dialog.locator(f"[name=checked][value={check}]").check()
    dialog.locator("[name=items_handed][value=records]").check()
    fill(dialog, consciousness="alert", situation="胸痛缓解")
    readable(township)
    confirm(township)
    stands(township, "在途")
    readable(township)
    county.goto("/whereabouts/")
    expect(county.locator("main")).to_contain_text("赵护士")
    readable(county)
    county.locator("main td a[href^='/transport/']").click()
    dialog = ask(county, "sign")
    dialog.locator("[name=items_received][value=records]").check()
    fill(dialog, encounter_class="inpatient", encounter_number="ZY20260001")
    confirm(county)
    stands(county, "已签收")
    with scope(cast.county):
        return Journey.objects.get()


def shared_ward(cast) -> str:
    """Let the county share a ward with the city, both agreed; return its address."""
    today = clock.today()
    place, other = cast.world.place(cast.county.institution_name), cast.world.place(cast.city.institution_name)
    heads = [Practitioner.objects.create(institution=one, name=name).pk for one, name in ((place, "孙"), (other, "李"))]
    answers = {"visitor": other.pk, "name": "心脏康复延伸病房", "beds": "1床 2床", "host_head": heads[0],
               "rounds_a_month": 4, "since_on": today, "until_on": today + timedelta(days=30)}  # fmt: skip
    with scope(cast.county_desk):
        ward = open_case("sharedward", by=cast.county_desk, answers=answers)
        take_step(ward, "propose", by=cast.county_desk)
    with scope(cast.city_desk):
        take_step(ward, "agree", by=cast.city_desk, visitor_head=heads[1])
    return address(ward)


def seen_on_a_round(county: Page, cast, page_of, readable) -> None:
    """Plan a round, list the patient, let the city's doctor write the note and the summary."""
    county.goto(shared_ward(cast))
    take(county, "plan_round", planned_at=in_minutes(30), way="remote", topics="术后康复")
    readable(county)
    county.locator("#card-rounds a[href^='/wardround/']").click()
    dialog = ask(county, "list_patient")
    choose(county, "inpatient", "fdg", "冯东桂")
    fill(dialog, bed="1床")
    confirm(county)
    city = page_of(cast.city)
    with scope(cast.city):
        ward_round, note = WardRound.objects.get(), WardNote.objects.get()
    city.goto(address(ward_round))
    take(city, "hold", attendees="李教授")
    city.goto(address(note))
    take(city, "record", findings="恢复良好", orders="继续康复训练")
    readable(city)
    city.goto(address(ward_round))
    take(city, "write", summary="一名患者可下转")
    stands(city, "已小结")
    expect(city.locator("#card-notes")).to_contain_text("恢复良好")


def sent_home(county: Page, township: Page, cast, readable) -> None:
    """Complete the referral, send the patient back down, and follow up at the township."""
    referral = only(cast, cast.county)
    county.goto(address(referral))
    take(county, "treat")
    take(county, "complete", **FEEDBACK)
    take(county, "refer_back")
    with scope(cast.county):
        back = Referral.objects.get(origin=referral)
    send_back(county, back)
    township.goto(address(back))
    take(township, "accept")
    county.goto("/whereabouts/")
    expect(county.locator("main")).to_contain_text("尚未到诊，由下转机构负责")
    readable(county)
    township.goto(address(back))
    take(township, "arrive", encounter_class="outpatient")
    take(township, "start_followup")
    with scope(cast.township):
        township.goto(address(FollowUp.objects.get(down_referral=back)))
    take(township, "finish", done_on=f"{clock.today()}", way="home", control="good", result="平稳")
    stands(township, "已随访")


def test_a_patient_goes_up_is_seen_on_a_round_and_comes_home(cast, page_of, readable):
    township = sent_with_a_package(cast, page_of)
    county = accepted_with_a_bed(cast, page_of)
    journey = brought(township, county, cast, readable)
    referral = only(cast, cast.county)
    assert (referral.state, referral.arrived_at) == ("arrived", journey.arrived_at)
    seen_on_a_round(county, cast, page_of, readable)
    sent_home(county, township, cast, readable)
    county.goto("/whereabouts/")
    expect(county.locator("main")).to_contain_text("没有等待首次随访的下转患者")
