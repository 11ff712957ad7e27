"""What everybody needs to read and use the pages: contrast and names, room, a keyboard, large type, two languages."""

import pytest
from playwright.sync_api import expect

from tests.house.reading_aloud import OWN_NAMES, left_in_chinese, left_raw, sources
from yilian.kernel.access.models import User
from yilian.kernel.access.scope import scope
from yilian.kernel.notices.models import Notice
from yilian.registry.models import Code, Consortium, Institution, Region

PLACES = (
    "/", "/inbox/", "/referral/", "/referral/new/", "/referral/?q=nothing", "/search/?q=冯", "/help/",
    "/help/referral/", "/regulations/", "/consortia/", "/messages/", "/patients/", "/institutions/", "/me/",
)  # fmt: skip
SPILLS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_every_page_is_readable_in_light_and_dark(cast, page_of, readable):
    referral = cast.sent()
    page = page_of(cast.county)
    for address in (*PLACES, f"/referral/{referral.pk}/", f"/patients/{cast.patient.pk}/"):
        assert page.goto(address).status == 200, address
        readable(page)


@pytest.mark.parametrize("width", [1366, 390])
def test_no_page_is_wider_than_its_window(cast, page_of, width):
    referral = cast.sent()
    page = page_of(cast.county, viewport={"width": width, "height": 768})
    for address in (*PLACES, f"/referral/{referral.pk}/"):
        page.goto(address)
        assert page.evaluate(SPILLS) <= 0, address


def test_a_telephone_has_menu_tabs_and_steps(cast, page_of, readable):
    referral = cast.sent()
    page = page_of(cast.county, viewport={"width": 390, "height": 844}, has_touch=True)
    expect(page.get_by_role("navigation", name="底部导航")).to_be_visible()
    page.get_by_role("button", name="菜单").click()
    expect(page.get_by_role("navigation", name="主导航")).to_be_visible()
    page.goto(f"/referral/{referral.pk}/")
    page.locator("[data-verb=accept]").click()
    page.get_by_role("button", name="确定接收").click()
    expect(page.locator("h1 .tag").first).to_contain_text("已接收")
    readable(page)


def test_theme_large_type_and_language_stay(cast, page_of):
    page = page_of(cast.county)
    html = page.locator("html")
    page.get_by_role("button", name="切换浅色或深色").click()
    expect(html).to_have_attribute("data-theme", "dark")
    page.get_by_role("button", name="长者版（大字）").click()
    expect(html).to_have_attribute("data-type", "large")
    page.goto("/inbox/")
    expect(html).to_have_attribute("data-theme", "dark")
    expect(html).to_have_attribute("data-type", "large")
    page.get_by_role("button", name="Switch to English").click()
    expect(html).to_have_attribute("lang", "en")
    expect(page.get_by_role("button", name="切换为中文")).to_be_visible()


def test_accepting_with_the_keyboard_alone(cast, page_of):
    referral = cast.sent()
    page = page_of(cast.county)
    page.goto(f"/referral/{referral.pk}/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.verb") == "accept":
            break
    page.keyboard.press("Enter")
    expect(page.locator("#dialog")).to_be_visible()
    confirm = page.get_by_role("button", name="确定接收")
    for _ in range(12):
        page.keyboard.press("Tab")
        if confirm.evaluate("button => button === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("h1 .tag").first).to_contain_text("已接收")


def test_a_browser_shows_one_language_and_nothing_raw(cast, page_of):
    referral = cast.sent()
    page = page_of(cast.county)
    named = [
        name
        for model in (Code, Consortium, Institution, Region)
        for name in model.objects.values_list("name", flat=True)
    ]
    with scope(cast.county):
        named += [*Notice.objects.values_list("text", flat=True), *User.objects.values_list("full_name", flat=True)]
    data = {
        *named,
        *OWN_NAMES,
        *sources(),
        str(cast.county.name),
        cast.county.name[:1],
        cast.patient.name,
        referral.title,
    }
    for language, code in (("Switch to English", "en"), ("切换为中文", "zh-hans")):
        page.get_by_role("button", name=language).click()
        expect(page.locator("html")).to_have_attribute("lang", code)
        for address in (*PLACES, f"/referral/{referral.pk}/"):
            page.goto(address)
            shown = page.content()
            assert list(left_raw(shown, data)) == [], address
            if language == "Switch to English" and address in PLACES and address != "/regulations/":
                assert list(left_in_chinese(shown, data)) == [], address
