"""Advice first: a specialist is asked with a document, drafts the referral on authority; it goes by green channel."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.e2e.acts import address, ask, choose, confirm, fill, press, stands, take
from tests.e2e.test_referral import only
from tests.world import COUNTY
from yilian.domains.records.issuing import Facts, issue_record
from yilian.kernel import clock
from yilian.kernel.access.scope import scope


@pytest.fixture(autouse=True)
def vault_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "documents"


def minutes_ago(minutes: int) -> str:
    return f"{clock.local(clock.now() - timedelta(minutes=minutes)):%Y-%m-%d %H:%M}"


def asked_in_the_form(cast, page) -> None:
    """Fill in the form of a question, authorise a draft, and send it with a document."""
    page.goto("/advice/new/")
    choose(page, "patient", "fdg", "冯东桂")
    page.wait_for_url("**patient=**")
    choose(page, "adviser", "北岭", COUNTY)
    fill(
        page.locator("main"), question="是否需要转诊造影？", impression="不稳定型心绞痛",
        present_history="反复胸痛三天", contact_phone="0700-1234567", patient_agrees=True, may_convert=True,
    )  # fmt: skip
    press(page, "存草稿")
    stands(page, "草稿")
    ask(page, "ask")
    choose(page, "documents", "心电", "心电图报告")
    confirm(page)
    stands(page, "待答复")


def test_a_question_becomes_a_referral_by_green_channel(cast, page_of, readable):
    with scope(cast.township):
        facts = Facts("examination", "心电图报告", "田医师", clock.now(), {"findings": "ST段压低"})
        issue_record(facts, patient_id=cast.patient.pk, by=cast.township)
    township, county = page_of(cast.township), page_of(cast.county)
    asked_in_the_form(cast, township)
    readable(township)
    county.goto("/inbox/")
    county.locator("main").get_by_role("link", name="不稳定型心绞痛").first.click()
    expect(county.locator("#card-records")).to_contain_text("心电图报告")
    take(county, "convert", answer="有造影指征，建议转来本院。")
    stands(county, "已转为转诊")
    readable(county)
    township.goto(address(only(cast, cast.township)))
    press_edit(township)
    fill(township.locator("main"), treatment="予硝酸甘油", is_emergency=True, emergency_kind="chest_pain")
    press(township, "发出")
    stands(township, "已提交")
    expect(township.locator("h1")).to_contain_text("绿色通道")
    expect(township.locator("#card-records")).to_contain_text("心电图报告")
    take(township, "record_times", at_onset=minutes_ago(90), at_fmc=minutes_ago(60), at_ecg=minutes_ago(48))
    expect(township.locator("#card-green")).to_contain_text("12 分钟")
    expect(township.locator("#card-green .green-bar")).to_be_visible()
    readable(township)
    township.goto("/referral/?mark=2")
    expect(township.locator("#results")).to_contain_text("绿色通道")


def press_edit(page) -> None:
    page.locator(".step-actions").get_by_role("link", name="修改", exact=True).first.click()
    expect(page.locator("[name=is_emergency]")).to_be_visible()
