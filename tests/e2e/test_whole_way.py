"""The whole way: asked first, sent with records, a booked bed, the journey, a round, and found fit to go home."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.acts import address, ask, choose, confirm, fill, press, stands, take
from tests.e2e.test_advice import asked_in_the_form
from tests.e2e.test_referral import only
from tests.e2e.test_referral_journey import FEEDBACK, agreed, send_back
from tests.stories.services_cast import offered, ward
from yilian.domains.capacity.board.reporting import add_resource
from yilian.domains.capacity.booking.opening import open_beds
from yilian.domains.inpatient.reporting import report_stay
from yilian.domains.records.issuing import Facts, issue_record
from yilian.domains.referral.models import FollowUp, Referral
from yilian.domains.transport.models import Journey
from yilian.domains.ward.models import WardNote, WardRound
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow.engine import open_case
from yilian.kernel.workflow.engine import take as take_step
from yilian.registry.models import Code, Practitioner

CHECKS = ("identity", "documents", "risk_told", "receiver_told", "lines", "drugs", "monitor", "oxygen")


@pytest.fixture(autouse=True)
def vault_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "documents"


def in_minutes(minutes: int) -> str:
    return f"{clock.local(clock.now() + timedelta(minutes=minutes)):%Y-%m-%d %H:%M}"


def advised(cast, township: Page, county: Page) -> None:
    """Ask the county with a document of the patient; it answers and drafts the referral, as it was authorised to."""
    with scope(cast.township):
        facts = Facts("examination", "心电图报告", "田医师", clock.now(), {"findings": "ST段压低"})
        issue_record(facts, patient_id=cast.patient.pk, by=cast.township)
    asked_in_the_form(cast, township)
    county.goto("/inbox/")
    county.locator("main").get_by_role("link", name="不稳定型心绞痛").first.click()
    take(county, "convert", answer="有造影指征，建议转来本院。")


def sent_with_a_package(cast, township: Page) -> None:
    """Complete the draft that came of the advice and send it with the document that was asked about."""
    township.goto(f"{address(only(cast, cast.township))}do/edit/")
    form = township.locator("main")
    choose(township, "diagnosis", "I20", "心绞痛")
    fill(form, up_reason="beyond_capability", priority="2", treatment="予硝酸甘油", contact_phone="0700-1234567")
    agreed(township, told_by="田医师")
    press(township, "发出")
    stands(township, "已提交")
    expect(township.locator("#card-records")).to_contain_text("心电图报告")


def accepted_with_a_bed(cast, page: Page) -> None:
    """Let the county accept and book a bed in the same step."""
    with scope(cast.county_desk):
        open_beds(add_resource(by=cast.county_desk, kind="bed", name="普通床"), ["1床"], by=cast.county_desk)
    page.goto(address(only(cast, cast.county)))
    ask(page, "accept")
    choose(page, "place", "1床", "1床")
    confirm(page)
    expect(page.locator("#card-booking")).to_contain_text("已预留")


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


def discharged(county: Page, cast) -> None:
    """End the stay: the township reads what was found and done, and what is to be done next."""
    county.goto(address(only(cast, cast.county)))
    take(county, "treat")
    take(county, "complete", **FEEDBACK)
    stands(county, "已完成")


def found_fit(county: Page, cast, readable) -> Referral:
    """Judge the patient fit to go down, and draft the referral to the place that the finder names."""
    general = Code.objects.get(system="specialty", code="02")
    offered(cast.township_desk, "全科接续治疗", directions=["down"], subject=general)
    with scope(cast.county):
        report_stay(
            by=cast.county, admission_number="ZY20260001", person=cast.patient, source="api",
            department=ward(cast.county), bed="1", diagnosis="I20", diagnosis_name="不稳定型心绞痛",
            admitted_on=clock.today() - timedelta(days=9),
        )  # fmt: skip
    county.goto("/inpatients/")
    readable(county)
    county.get_by_role("link", name="冯东桂", exact=True).click()
    county.get_by_role("link", name="判断指征").click()
    county.get_by_label("急性期治疗后病情稳定").select_option("met")
    press(county, "保存")
    expect(county.locator("h1")).to_contain_text("符合指征")
    readable(county)
    county.get_by_role("link", name="可下转患者").first.click()
    expect(county.locator("#results")).to_contain_text("全科医疗，可接续治疗")
    readable(county)
    county.get_by_role("link", name="冯东桂", exact=True).click()
    press(county, "拟转往石桥乡卫生院的下转单")
    stands(county, "草稿")
    with scope(cast.county):
        return Referral.objects.get(direction="down")


def sent_home(county: Page, township: Page, back: Referral, cast, readable) -> None:
    """Send the patient back down; the township takes over and follows up."""
    send_back(county, back, treatment="支架术后，双联抗血小板")
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


def test_from_the_question_up_to_the_ward_and_home_again(cast, page_of, readable):
    township, county = page_of(cast.township), page_of(cast.county)
    advised(cast, township, county)
    sent_with_a_package(cast, township)
    accepted_with_a_bed(cast, county)
    journey = brought(township, county, cast, readable)
    referral = only(cast, cast.county)
    assert (referral.state, referral.arrived_at) == ("arrived", journey.arrived_at)
    seen_on_a_round(county, cast, page_of, readable)
    discharged(county, cast)
    sent_home(county, township, found_fit(county, cast, readable), cast, readable)
    county.goto("/whereabouts/")
    expect(county.locator("main")).to_contain_text("没有等待首次随访的下转患者")
