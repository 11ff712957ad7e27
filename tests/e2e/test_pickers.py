"""Pickers while they are open: what they say when nothing is found, and what they offer after a choice."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.acts import choose
from yilian.domains.alliance.tests.conftest import make_city


@pytest.fixture
def page(world, page_of) -> Page:
    page = page_of(make_city(world).office)
    page.goto("/filing/new/")
    return page


def test_a_picker_that_finds_nothing_says_so_readably(page, readable):
    box = page.locator("select[name=specialty] + .ts-wrapper")
    box.locator(".ts-control").click()
    box.get_by_role("combobox").fill("不存在的专科")
    expect(box.locator(".no-results")).to_have_text("没有匹配的结果")
    readable(page)


def test_an_answer_that_comes_late_is_not_shown(page):
    held = []
    page.route(
        "**/pick/**", lambda route: held.append(route) if route.request.url.endswith("q=") else route.continue_()
    )
    box = page.locator("select[name=specialty] + .ts-wrapper")
    with page.expect_request("**/pick/**q="):
        box.locator(".ts-control").click()
    box.get_by_role("combobox").fill("心血管")
    expect(box.locator("[data-selectable]")).to_have_count(1)
    with page.expect_response("**/pick/**"):
        held[0].continue_()
    page.wait_for_timeout(300)
    expect(box.locator("[data-selectable]")).to_have_count(1)


def test_a_picker_of_several_offers_the_others_after_a_choice(page, readable):
    choose(page, "coverage", "东湖", "东湖区")
    box = page.locator("select[name=coverage] + .ts-wrapper")
    expect(box.get_by_role("combobox")).to_have_value("")
    expect(box.locator("[data-selectable]", has_text="北岭县").first).to_be_visible()
    expect(box.locator("[data-selectable]", has_text="东湖区")).to_have_count(0)
    expect(box.locator(".no-results")).to_have_count(0)
    readable(page)
    page.keyboard.press("Enter")
    expect(box.locator(".item")).to_have_count(2)
    page.keyboard.press("Escape")
    readable(page)
