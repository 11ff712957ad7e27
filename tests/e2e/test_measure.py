"""A new indicator in the browser: written, tried on last month, approved by another, and opened down to a referral."""

from playwright.sync_api import expect

from tests.e2e.acts import choose, fill, press, stands, take
from yilian.domains.measure.models import IndicatorChange
from yilian.domains.measure.trying import try_out
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.lake.manifest import Manifest, Part

WORDS = {
    "name": "急诊转诊占比", "unit": "%", "direction": "none", "part": "count(where=is_emergency)", "whole": "count()",
    "part_says": "急诊转诊", "whole_says": "全部转诊", "ground": "理事会要求按月通报",
}  # fmt: skip


class Engine:
    """Counts one of four at the county, whatever is asked."""

    name = "test"

    def __init__(self, place, group):
        self.place, self.group = place, group

    def answer(self, question):
        return [(self.place, self.group, month, (1, 4)) for month in question.months]


def test_a_new_indicator_is_tried_approved_and_opens_down_to_a_referral(cast, page_of, readable):
    referral = cast.sent()
    office, director = (cast.world.person(role, at="北岭县人民医院") for role in ("office", "director"))
    page = page_of(office)
    page.goto("/measure/new/")
    choose(page, "consortium", "北岭", "北岭县医共体")
    fill(page.locator("main"), change="new", **WORDS, effective_on=f"{clock.today():%Y-%m-%d}")
    choose(page, "source", "转入方", "转诊 · 转入方")
    press(page, "存草稿")
    with scope(office):
        case = IndicatorChange.objects.get()
    month = clock.today().year * 100 + clock.today().month
    engine = Engine(office.institution_id, case.consortium_id)
    try_out(case.pk, office.institution_id, engine, Manifest(parts=(Part("referral", month, "a", 5, 0),)))
    page.reload()
    expect(page.locator("#main table", has_text="全医联体")).to_contain_text("25.00")
    readable(page)
    take(page, "submit")
    stands(page, "待批准")
    page = page_of(director)
    page.goto(f"/measure/{case.pk}/")
    take(page, "adopt")
    stands(page, "已通过")
    page.get_by_role("link", name="打开指标").click()
    expect(page.locator("h1")).to_have_text("急诊转诊占比")
    expect(page.locator("main")).to_contain_text(director.name)
    readable(page)
    page.get_by_role("link", name=referral.number).click()
    expect(page.locator("h1")).to_contain_text(cast.patient.name)
