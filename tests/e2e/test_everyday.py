"""Everyday work: a known patient is referred again with few interactions, and somebody with two posts changes hats."""

import time

from playwright.sync_api import Page, expect

from tests.e2e.acts import stands
from tests.stories.services_cast import ward
from tests.world import CITY, COUNTY, World
from yilian.domains.referral.models import Referral
from yilian.kernel import clock
from yilian.kernel.access.models import User
from yilian.kernel.access.scope import scope

MOST_INTERACTIONS = 12


class Counted:
    """The hands of a person at a page: every click, text and choice is counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.count, self.began = page, 0, time.monotonic()

    def click(self, selector: str) -> None:
        self.page.locator(selector).first.click()
        self.count += 1

    def fill(self, selector: str, words: str) -> None:
        self.page.locator(selector).first.fill(words)
        self.count += 1

    def select(self, name: str, value: str) -> None:
        self.page.locator(f"[name={name}]").select_option(value)
        self.count += 1


def test_a_known_patient_is_referred_again_with_few_interactions(cast, page_of, record_property):
    earlier = cast.sent(receiver_department=ward(cast.county).pk)
    cast.take(earlier, "withdraw", by=cast.township, cancel_reason="improved")
    page = page_of(cast.township)
    hands = Counted(page)
    hands.click("a[href='/referral/new/']")
    patient = "select[name=patient] + .ts-wrapper"
    hands.click(f"{patient} .ts-control")
    hands.fill(f"{patient} input", "fdg")
    hands.click(f"{patient} [data-selectable]:has-text('冯东桂')")
    page.wait_for_url("**patient=**")
    expect(page.locator("[name=impression]")).to_have_value("不稳定型心绞痛")
    hands.select("consent_choice", "agree")
    expect(page.locator("[name=consent_by]")).to_have_value("冯东桂")
    hands.click("button[name=_do][value=send]")
    stands(page, "已提交")
    again = sent_again(cast, earlier)
    assert (again.receiver_id, again.receiver_department_id) == (earlier.receiver_id, earlier.receiver_department_id)
    spent = time.monotonic() - hands.began
    record_property("a repeated referral", f"{hands.count} interactions, {spent:.1f} s of machine time")
    assert hands.count <= MOST_INTERACTIONS


def sent_again(cast, earlier) -> Referral:
    """Return the referral that was sent after the earlier one."""
    with scope(cast.township):
        return Referral.objects.exclude(pk=earlier.pk).get()


def test_a_session_that_ends_while_a_form_is_filled_in_loses_nothing(cast, page_of):
    page = page_of(cast.township)
    page.goto("/referral/new/")
    page.locator("[name=impression]").fill("反复胸痛")
    page.context.clear_cookies(name="sessionid")
    page.locator("button[name=_do][value='']").click()
    page.get_by_label("用户名").fill(User.objects.get(pk=cast.township.user_id).username)
    page.get_by_label("密码").fill("yilian-demo")
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.locator("[name=impression]")).to_have_value("反复胸痛")
    page.locator("button[name=_do][value='']").click()
    expect(page.locator("body")).to_contain_text("草稿已保存")
    page.wait_for_load_state()  # a page forgets what was sent when it is complete
    page.goto("/referral/new/")
    expect(page.locator("[name=impression]")).to_have_value("")


def test_somebody_with_two_posts_changes_hats(cast, world: World, page_of, readable):
    referral = cast.sent()
    user = world.user("reception", at=COUNTY)
    user.posts.create(institution=world.place(CITY), role="quality", since_on=clock.today())
    page = page_of(user)
    page.goto("/inbox/")
    expect(page.locator("main")).to_contain_text(referral.number)
    page.goto("/post/")
    readable(page)
    page.locator("main button", has_text=CITY).click()
    expect(page.locator("header")).to_contain_text(CITY)
    page.goto("/inbox/")
    expect(page.locator("main")).not_to_contain_text(referral.number)
