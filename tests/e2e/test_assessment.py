"""An assessment in the browser: opened, pre-filled, questioned, visited, scored, published, and a yellow card."""

from playwright.sync_api import Page, expect

from tests.e2e.acts import ask, choose, confirm, fill, find, press, stands, take
from yilian.domains.assessment.models import Sheet
from yilian.domains.assessment.tests.conftest import BAD, Cast, make_cast

REPORT = "已逐项自查。"
LINE = "下转占比"


def opened(page: Page, cast: Cast, readable) -> None:
    """Open a year of the alliance and lock its data."""
    page.goto("/assessment_period/new/")
    fill(page.locator("main"), first_on="2025-01-01", last_on="2025-12-31")
    choose(page, "consortium", "心血管", cast.alliance.name)
    press(page, "存草稿")
    take(page, "start")
    stands(page, "数据归集中")
    expect(page.locator("#main table", has_text="被考核单位").locator("tbody tr")).to_have_count(3)
    readable(page)
    take(page, "lock", gaps_note="试运行期间部分指标尚无记录")
    stands(page, "自评与评审中")


def questioned(page: Page, sheet: Sheet, readable) -> None:
    """Read the pre-filled sheet, claim a line, question another, and hand it in."""
    page.goto(f"/assessment/{sheet.pk}/")
    expect(page.locator("#card-tree")).to_contain_text("无数据")
    readable(page)
    page.get_by_role("link", name="从“联盟章程与成员协议”开始").click()
    readable(page)
    fill(page.locator("form", has_text="自评一项"), mark="half")
    press(page, "保存，到下一项")
    page.goto(f"/assessment/{sheet.pk}/")
    page.get_by_role("link", name=LINE, exact=True).click()
    form = page.locator("form", has=page.get_by_role("heading", name="对数据提出异议"))
    fill(form, text="三月数据不全")
    form.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator("main")).to_contain_text("三月数据不全")
    page.goto(f"/assessment/{sheet.pk}/")
    take(page, "submit", self_report=REPORT)


def reviewed(page: Page, cast: Cast, sheet: Sheet, readable) -> None:
    """Mark what people judge, write down the visit, answer the objection, and pass the sheet on."""
    cast.mark(sheet, BAD)
    page.goto(f"/assessment/{sheet.pk}/")
    visit = ask(page, "inspect")
    fill(visit, inspected_on="2026-01-20", inspectors="质控科 林静", finding="登记本与系统一致", is_in_order=True)
    confirm(page)
    dialog = ask(page, "answer")
    choose(page, "objection", "三月", "三月数据不全")
    fill(dialog, text="已核对，数据无误")
    confirm(page)
    take(page, "pass_on", opinion="评定如表")
    stands(page, "待主管部门复核")
    readable(page)


def test_an_assessment_from_its_opening_to_a_yellow_card(world, page_of, readable):
    cast = make_cast(world)
    lead, county, authority = page_of(cast.lead), page_of(cast.county), page_of(cast.authority)
    opened(lead, cast, readable)
    sheet = cast.sheet(cast.county)
    questioned(county, sheet, readable)
    reviewed(lead, cast, sheet, readable)
    for actor in (cast.lead, cast.township):
        cast.take(cast.drafted(cast.sheet(actor), actor, BAD), "accept", actor)
    authority.goto(f"/assessment/{sheet.pk}/")
    take(authority, "draft")
    find(county, cast.sheet(cast.county).title)
    take(county, "accept")
    expect(county.get_by_role("link", name="下载快照与复算程序")).to_be_visible()
    authority.goto(f"/assessment_period/{sheet.period_id}/")
    take(authority, "publish")
    stands(authority, "已公布")
    expect(authority.locator("#main")).to_contain_text("黄牌警告")
    readable(authority)
    county.goto(f"/assessment_period/{sheet.period_id}/")
    expect(county.locator("#main")).to_contain_text("医联体（各成员平均）")
    authority.goto(f"/consortia/{cast.alliance.pk}/")
    expect(authority.locator("#main")).to_contain_text("黄牌警告")
