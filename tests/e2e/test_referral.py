"""One referral through every pair of hands: township, county, city and back, each party at its own window."""

from playwright.sync_api import expect

from tests.e2e.acts import address, choose, stands, take
from tests.world import COUNTY
from yilian.domains.referral.models import Referral
from yilian.kernel.access.scope import scope


def only(cast, by) -> Referral:
    """Read the one referral a person sees."""
    with scope(by):
        return Referral.objects.get()


def fill_in(page) -> None:
    """Fill in what a township doctor must say about a new patient's referral."""
    choose(page, "patient", "fdg", "冯东桂")
    page.wait_for_url("**patient=**")
    choose(page, "receiver", "北岭", COUNTY)
    page.locator("[name=up_reason]").select_option("beyond_capability")
    page.locator("[name=priority]").select_option("2")
    choose(page, "diagnosis", "I20", "心绞痛")
    for name, words in (
        ("impression", "不稳定型心绞痛"), ("present_history", "反复胸痛三天"), ("treatment", "予硝酸甘油"),
        ("consent_by", "冯东桂"), ("contact_phone", "0700-1234567"),
    ):  # fmt: skip
        page.locator(f"[name={name}]").fill(words)
    page.locator("[name=consent_choice]").select_option("agree")
    choose(page, "consent_relation", "本人", "本人")


def test_a_township_sends_and_the_county_accepts(cast, page_of, readable):
    township = page_of(cast.township)
    township.goto("/referral/new/")
    readable(township)
    fill_in(township)
    township.get_by_role("button", name="发出", exact=True).click()
    stands(township, "已提交")
    expect(township.locator("[data-verb=accept]")).to_have_count(0)
    readable(township)
    referral = only(cast, cast.township)
    desk = page_of(cast.county_desk)
    desk.goto("/inbox/")
    expect(desk.get_by_role("link", name="不稳定型心绞痛").first).to_be_visible()
    desk.get_by_role("link", name="不稳定型心绞痛").first.click()
    expect(desk.locator("[data-verb=send], [data-verb=withdraw]")).to_have_count(0)
    take(desk, "receive")
    take(desk, "accept")
    stands(desk, "已接收")
    township.reload()
    stands(township, "已接收")
    for title in ("发出", "签收", "接收"):
        expect(township.locator("#card-history .timeline b", has_text=title).first).to_be_visible()
    paper = desk.goto(f"{address(referral)}print/")
    assert paper.status == 200
    expect(desk.get_by_text(referral.number).first).to_be_visible()
    readable(desk)


def test_two_windows_and_one_step(cast, page_of):
    referral = cast.sent()
    early, late = page_of(cast.county_desk), page_of(cast.county)
    for page in (early, late):
        page.goto(address(referral))
        page.locator("[data-verb=accept]").click()
        expect(page.get_by_role("button", name="确定接收")).to_be_visible()
    early.get_by_role("button", name="确定接收").click()
    stands(early, "已接收")
    late.get_by_role("button", name="确定接收").click()
    expect(late.locator("#dialog [role=alert]")).to_be_visible()
    late.get_by_role("link", name="查看最新情况").click()
    stands(late, "已接收")
