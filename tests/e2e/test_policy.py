"""An institutional document in the browser, from its draft to the review after three years and the next edition."""

from datetime import timedelta

from playwright.sync_api import Page, expect

from tests.e2e.acts import choose, fill, find, press, stands, take
from yilian.domains.policy.tests.conftest import Cast, make_cast
from yilian.kernel import clock
from yilian.kernel.deadlines.rounds import go_round

SUBJECT = "双向转诊管理制度"


def drafted(page: Page, cast: Cast, readable) -> None:
    page.goto("/policy/new/")
    fill(page.locator("main"), subject=SUBJECT, code="YW", department="医务部", scope="全院", audience="members",
         text="第一条 转诊应在二十四小时内答复。")  # fmt: skip
    choose(page, "consortium", "江城市医疗", cast.group.name)
    readable(page)
    press(page, "提交审核")
    stands(page, "待审核")


def revised(page: Page, readable) -> str:
    """Draft the next edition from the one that fell due, see what it changes, and return its address."""
    page.reload()
    take(page, "revise", changes="缩短时限")
    page.locator(".files a[href^='/policy/']").first.click()
    stands(page, "起草中")
    page.locator(".step-actions").get_by_role("link", name="修改", exact=True).first.click()
    fill(page.locator("main"), text="第一条 转诊应在十二小时内答复。")
    press(page, "存草稿")
    expect(page.locator(".compared ins")).to_contain_text("十二")
    readable(page)
    take(page, "submit")
    return page.url


def test_a_document_from_its_draft_to_the_review_after_three_years(calendar, world, page_of, readable):
    cast = make_cast(world)
    writer, reviewer, director = (page_of(one) for one in (cast.writer, cast.reviewer, cast.director))
    drafted(writer, cast, readable)
    find(reviewer, SUBJECT)
    take(reviewer, "review")
    find(director, SUBJECT)
    take(director, "publish")
    stands(director, "现行")
    reader = page_of(cast.county)
    reader.goto(director.url)
    take(reader, "read")
    expect(reader.locator("main")).to_contain_text("确认阅读并理解")
    readable(reader)
    day = clock.today() + timedelta(days=3 * 366)
    calendar.turn_to(day.year, day.month, day.day)
    with clock.standing_at(clock.now() + timedelta(days=3 * 366)):
        go_round()
    director.goto(reader.url)
    stands(director, "待复审")
    writer.goto("/obligations/?state=broken")
    expect(writer.locator("main")).to_contain_text(SUBJECT)
    writer.goto(reader.url)
    edition = revised(writer, readable)
    reviewer.goto(edition)
    take(reviewer, "review")
    director.goto(edition)
    take(director, "publish")
    expect(director.locator("main")).to_contain_text("第 2 版")
    reader.reload()
    stands(reader, "已被新版取代")
