"""From the wall to the rows behind a number, and a quality report from the clock's draft to the signature."""

from datetime import timedelta

from playwright.sync_api import expect

from tests.e2e.acts import address, stands, take
from yilian.domains.qualityreport.actions import write_for
from yilian.domains.qualityreport.models import QualityReport
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.clock.periods import add_months, period_of
from yilian.kernel.indicators.indicator import indicators
from yilian.kernel.indicators.storing import Result, store
from yilian.registry.models import Consortium
from yilian.reports.cockpit.flows import count_flows

RATE = "referral.in_time_share"
COMMENTS, MEASURES = "节假日安排专人签收转诊。", "设转诊专班，每周核对未签收的单据。"


def counted(consortium, places):
    """Keep two years of a rate at these places and of the consortium, which fell at the end of the last quarter."""
    digest, results, months = indicators[RATE].definition_digest, [], []
    last = period_of(clock.today(), 3).first
    for number in range(-2, 24):
        month = add_months(last, -number)
        months.append(month)
        part = 3 if number == 1 else 17 + number % 3
        for place in (*places, None):
            results.append(Result(RATE, place, consortium.pk, month, part, 20, digest))
    store(results, covers=[RATE], months=months, at=clock.now())


def test_from_the_wall_to_a_referral_and_a_report_to_its_signature(cast, page_of, readable):
    community = Consortium.objects.get(name="北岭县医共体")
    with clock.standing_at(clock.now() - timedelta(days=3)):
        referral = cast.sent(consent_told_at=clock.now() - timedelta(minutes=5))
    count_flows()
    counted(community, [cast.county.institution_id, cast.township.institution_id])
    director, quality = (cast.world.person(role, at="北岭县人民医院") for role in ("director", "quality"))
    reader = cast.world.person("quality", at="石桥乡卫生院")

    page = page_of(director)
    page.goto("/cockpit/")
    expect(page.locator("h1")).to_have_text("北岭县医共体")
    expect(page.locator(".wall-screen:visible")).to_have_count(1)
    readable(page)
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="趋势")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="自动轮播").click()
    expect(page.get_by_role("button", name="停止轮播")).to_be_visible()
    page.get_by_role("button", name="运行总览").click()
    page.locator(".wall-flows a").first.click()
    page.get_by_role("link", name=referral.number).click()
    expect(page.locator("h1")).to_contain_text(cast.patient.name)
    page.goto("/cockpit/")
    page.get_by_role("button", name="停止轮播").click()
    page.get_by_role("button", name="运行总览").click()  # the screens may have changed by themselves
    page.locator(".wall-figure", has_text="转诊按期答复占比").click()
    expect(page.locator("h1")).to_contain_text("转诊按期答复占比")

    assert write_for(community, period_of(clock.today(), 3).before()) == 2
    with scope(quality):
        report = QualityReport.objects.get(member=cast.township.institution_id)
    page = page_of(quality)
    page.goto(address(report))
    expect(page.locator("main")).to_contain_text("低于控制下限")
    readable(page)
    take(page, "comment", comments=COMMENTS)
    stands(page, "待批准")
    page = page_of(director)
    page.goto(address(report))
    take(page, "publish")
    page = page_of(reader)
    page.goto("/inbox/")
    page.goto(address(report))
    expect(page.locator("main")).to_contain_text(COMMENTS)
    take(page, "acknowledge", measures=MEASURES)
    stands(page, "已签收")
    readable(page)
    page = page_of(quality)
    page.goto("/data-quality/")
    expect(page.locator("main")).to_contain_text("未报")
    readable(page)
