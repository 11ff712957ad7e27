"""A project from its application to its evaluation in the browser."""

from datetime import timedelta

from playwright.sync_api import Page, expect

from tests.e2e.acts import ask, choose, confirm, fill, find, press, stands, take
from yilian.domains.project.tests.conftest import Cast, make_cast
from yilian.kernel import clock

SUBJECT = "胸痛中心共建"


def applied(page: Page, cast: Cast, readable) -> None:
    today = clock.today()
    page.goto("/project/new/")
    fill(page.locator("main"), subject=SUBJECT, area="technique", goals="建成胸痛单元", content="派驻与培训",
         expected="通过验收", starts_on=str(today), ends_on=str(today + timedelta(days=100)), budget="800")  # fmt: skip
    choose(page, "consortium", "江城市医疗", cast.group.name)
    choose(page, "partners", "石桥", "石桥乡卫生院")
    choose(page, "principal", "负责人", "北岭县人民医院负责人")
    readable(page)
    press(page, "提交申请")
    stands(page, "待初筛")


def planned(page: Page) -> None:
    """Submit a plan of one milestone and one line of the budget."""
    today = clock.today()
    page.reload()
    dialog = ask(page, "submit_plan")
    beyond = "table => table.parentElement.scrollWidth - table.parentElement.clientWidth"
    assert dialog.locator("[data-rows=schedule]").evaluate(beyond) <= 1, "the dialog is as wide as its table"
    row = dialog.locator("[data-rows=schedule] tbody tr").first
    fill(row, title="人员培训", starts_on=str(today), due_on=str(today + timedelta(days=60)), measure="双方签字")
    choose(page, "schedule.0.responsible", "负责人", "北岭县人民医院")
    fill(dialog.locator("[data-rows=costs] tbody tr").first, title="教材", amount="800")
    confirm(page)
    stands(page, "待确认计划")


def carried_out(page: Page, readable) -> None:
    """Report the milestone, enter what it cost, and finish."""
    page.reload()
    ask(page, "report")
    choose(page, "milestone", "人员", "人员培训")
    fill(page.locator("#dialog"), done_on=str(clock.today()), result="四期培训完成")
    confirm(page)
    expect(page.locator("#card-plan .tag-success")).to_have_text("已完成")
    ask(page, "spend")
    choose(page, "line", "教", "教材")
    fill(page.locator("#dialog"), amount="650.50", spent_on=str(clock.today()), what="教材印刷")
    confirm(page)
    expect(page.locator("#card-budget tbody tr").first).to_contain_text("149.50")
    readable(page)
    take(page, "finish", summary="全部完成")


def test_a_project_from_application_to_evaluation(world, page_of, readable):
    cast = make_cast(world)
    cast.person(cast.county)
    county, partner, office, chief = (page_of(one) for one in (cast.county, cast.township, cast.lead, cast.chief))
    applied(county, cast, readable)
    find(partner, SUBJECT)
    take(partner, "join")
    find(office, SUBJECT)
    take(office, "pass_on", screening="符合条件")
    find(chief, SUBJECT)
    take(chief, "approve", decided_by="院长办公会")
    planned(county)
    office.reload()
    readable(office)
    take(office, "confirm_plan")
    carried_out(county, readable)
    office.reload()
    take(office, "evaluate", mark_goals="95", mark_results="90", mark_spending="90", mark_cooperation="90",
         feedback="成效明显")  # fmt: skip
    stands(office, "已结题")
    expect(office.locator("#card-evaluations")).to_contain_text("优秀")
    readable(office)
    office.goto("/projects/")
    expect(office.locator(".lane").last).to_contain_text(SUBJECT)
    readable(office)
