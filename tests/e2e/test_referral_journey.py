"""One referral from a township's form to the city's ward and back into the township's care, all in the browser."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.acts import address, choose, fill, find, stands, take
from tests.e2e.test_referral import fill_in, only
from tests.world import CITY
from yilian.domains.referral.models import FollowUp, Referral
from yilian.kernel import clock
from yilian.kernel.access.scope import scope

TITLE = "不稳定型心绞痛"
FEEDBACK = {
    "discharge_summary": "急性心肌梗死，支架术后",
    "main_results": "前降支近段重度狭窄",
    "treatment_given": "植入支架一枚",
    "next_plan": "双联抗血小板，四周后复查",
    "outcome": "improved",
}


@pytest.fixture(autouse=True)
def vault_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "documents"


def send_on(page: Page) -> None:
    """Pass the referral on to the city's hospital; the patient was told and agrees."""
    page.locator(".step-actions summary").click()
    page.locator("[data-verb=refer_onward]").click()
    choose(page, "receiver", "江城", CITY)
    dialog = page.locator("#dialog")
    dialog.locator("[name=redirect_reason]").select_option(index=1)
    dialog.locator("[name=patient_agrees]").check()
    dialog.locator(".dialog-foot button").click()
    expect(dialog).to_be_hidden()


def agreed(page: Page, *, told_by: str) -> None:
    """Say in the form that the patient was told five minutes ago and agrees."""
    page.locator("[name=consent_choice]").select_option("agree")
    page.locator("[name=consent_by]").fill("冯东桂")
    choose(page, "consent_relation", "本人", "本人")
    page.locator("[name=consent_told_by]").fill(told_by)
    page.locator("[name=consent_told_at]").fill(f"{clock.local(clock.now() - timedelta(minutes=5)):%Y-%m-%d %H:%M}")
    page.keyboard.press("Tab")


def send_back(page: Page, draft: Referral, **answers: str) -> None:
    """Complete the drafted return, with these answers by name, and send it."""
    page.goto(f"{address(draft)}do/edit/")
    page.locator("[name=down_reason]").select_option("stable")
    page.locator("[name=care_plan]").fill("继续服药，康复训练")
    fill(page.locator("main"), **answers)
    agreed(page, told_by="市医师")
    page.locator("[name=contact_phone]").fill("0700-7654321")
    page.get_by_role("button", name="发出", exact=True).click()
    stands(page, "已提交")


def soon(hours: int) -> str:
    return f"{clock.local(clock.now() + timedelta(days=1, hours=hours)):%Y-%m-%d %H:%M}"


def going_up(cast, page_of, readable) -> Referral:
    """Bring a patient from the township over the county to the city; return the referral as the city has it."""
    township = page_of(cast.township)
    township.goto("/referral/new/")
    fill_in(township)
    township.get_by_role("button", name="发出", exact=True).click()
    stands(township, "已提交")
    desk = page_of(cast.county_desk)
    find(desk, TITLE)
    take(desk, "accept")
    send_on(desk)
    desk.reload()
    expect(desk.locator("[data-verb]")).to_have_count(0)
    expect(desk.locator("#card-history")).to_contain_text("转往另一机构")
    readable(desk)
    return only(cast, cast.township)


def treated(cast, page_of, readable) -> Referral:
    """Treat the patient in the city, report and complete; the township reads it."""
    referral = going_up(cast, page_of, readable)
    desk, doctor = page_of(cast.city_desk), page_of(cast.city)
    find(desk, TITLE)
    take(desk, "accept")
    take(desk, "schedule", appointment_start=soon(0), appointment_end=soon(1), appointment_place="门诊楼三层")
    take(desk, "arrive", encounter_class="inpatient", encounter_number="ZY20260001")
    readable(desk)
    doctor.goto(address(referral))
    take(doctor, "treat")
    take(doctor, "report_interim", interim_note="病情平稳，拟行造影")
    take(doctor, "complete", **FEEDBACK)
    stands(doctor, "已完成")
    take(doctor, "refer_back")
    readable(doctor)
    return referral


def test_up_to_the_city_and_back_into_the_townships_care(cast, page_of, readable):
    referral = treated(cast, page_of, readable)
    with scope(cast.city):
        back = Referral.objects.get(origin=referral)
    doctor = page_of(cast.city)
    send_back(doctor, back)
    township = page_of(cast.township)
    township.goto(address(referral))
    for words in (FEEDBACK["discharge_summary"], "病情平稳，拟行造影"):
        expect(township.locator("main")).to_contain_text(words)
    township.goto(address(back))
    take(township, "accept")
    take(township, "arrive", encounter_class="outpatient")
    take(township, "start_followup")
    with scope(cast.township):
        task = FollowUp.objects.get(down_referral=back)
    township.goto(address(task))
    take(township, "finish", done_on=f"{clock.today()}", way="home", control="good", result="平稳")
    stands(township, "已随访")
    township.goto(address(back))
    take(township, "finish_followup", treatment_given="按方案康复", outcome="improved")
    stands(township, "已完成")
    readable(township)
    doctor.goto(address(back))
    stands(doctor, "已完成")
    expect(doctor.locator("[data-verb=accept]")).to_have_count(0)


def test_the_letter_is_issued_and_handed_out_as_pdf(cast, page_of, readable):
    referral = cast.sent()
    page = page_of(cast.township)
    page.goto(address(referral))
    page.locator("#card-documents button[value='referral.letter']").click()
    paper = page.locator("#card-documents a[href^='/files/']").first
    expect(paper).to_be_visible()
    readable(page)
    answer = page.request.get(paper.get_attribute("href"))
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF")
