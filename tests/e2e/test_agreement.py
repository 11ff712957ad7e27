"""An agreement from its template to its signatures in the browser, and the rule that applies afterwards."""

from datetime import timedelta

from playwright.sync_api import Page, expect

from tests.e2e.acts import choose, fill, find, press, stands, take
from yilian.domains.agreement.tests.conftest import Table, make_table
from yilian.kernel import clock

SUBJECT = "北岭双向转诊协议"


def drafted(page: Page, table: Table, readable) -> None:
    """Draft the agreement from a template and put it to the other side."""
    today = clock.today()
    page.goto("/agreement/new/")
    readable(page)
    fill(page.locator("main"), subject=SUBJECT, template="referral", begins_on=str(today),
         ends_on=str(today + timedelta(days=364)))  # fmt: skip
    choose(page, "consortium", "江城市医疗", table.group.name)
    choose(page, "partners", "北岭", "北岭县人民医院")
    press(page, "存草稿")
    expect(page.locator("#card-clauses .clause")).to_have_count(8)
    readable(page)
    take(page, "propose")


def negotiated(page: Page, readable) -> None:
    """Ask for a stricter limit, see the change marked, and agree."""
    find(page, SUBJECT)
    clause = page.locator(".clause", has_text="转诊答复时限")
    clause.get_by_role("link", name="修改").click()
    readable(page)
    fill(page.locator("main"), hours="12", note="急诊多")
    press(page, "保存修改")
    clause.get_by_text("协商记录（1）").click()
    expect(clause.locator("ins")).to_have_text("12")
    expect(clause.locator("del")).to_have_text("24")
    readable(page)
    take(page, "approve")


def signed_by_hand(page: Page, readable) -> None:
    """Make the text final and draw a signature under it."""
    page.reload()
    take(page, "finalise")
    page.locator("[data-verb=sign]").click()
    fill(page.locator("main"), manner="drawn", signer="林静", position="院长")
    pad = page.locator("#pad").bounding_box()
    page.mouse.move(pad["x"] + 20, pad["y"] + 40)
    page.mouse.down()
    page.mouse.move(pad["x"] + 200, pad["y"] + 120, steps=5)
    page.mouse.up()
    readable(page)
    press(page, "确定签署")
    expect(page.locator("#card-signatures")).to_contain_text("手写签名")


def test_an_agreement_from_template_to_signatures_and_the_rule_it_makes(world, page_of, readable):
    table = make_table(world)
    lead, county = page_of(table.lead), page_of(table.county)
    drafted(lead, table, readable)
    negotiated(county, readable)
    signed_by_hand(lead, readable)
    county.reload()
    county.locator("[data-verb=sign]").click()
    fill(county.locator("main"), manner="typed", signer="周明")
    press(county, "确定签署")
    stands(county, "履行中")
    readable(county)
    county.get_by_role("link", name="核验文本与签署扫描件").click()
    expect(county.locator("main .tag-success")).to_have_count(2)
    readable(county)
    county.goto(f"/applying/?sender={table.lead.institution_id}&receiver={table.county.institution_id}")
    expect(county.locator(".applies").first).to_contain_text("12 小时")
    readable(county)
