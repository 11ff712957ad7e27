"""A doctor finds a patient who could go home, says so, and drafts the referral down by one press."""

from datetime import timedelta

from playwright.sync_api import expect

from tests.e2e.acts import stands
from tests.stories.services_cast import offered, ward
from yilian.domains.inpatient.reporting import report_stay
from yilian.domains.referral.tests.cast import IDENTITY
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.registry.models import Code


def test_from_the_bed_to_the_draft_of_the_way_home(cast, page_of, readable):
    general = Code.objects.get(system="specialty", code="02")
    offered(cast.township_desk, "全科接续治疗", directions=["down"], subject=general)
    person = {"name": "冯东桂", "identity_number": IDENTITY}
    with scope(cast.county):
        report_stay(
            by=cast.county, admission_number="ZY1", person=person, source="api", department=ward(cast.county),
            bed="12", diagnosis="I10", diagnosis_name="高血压3级", admitted_on=clock.today() - timedelta(days=9),
        )  # fmt: skip
    page = page_of(cast.county)
    page.goto("/inpatients/")
    readable(page)
    page.get_by_role("link", name="冯东桂").click()
    page.get_by_role("link", name="判断指征").click()
    page.get_by_label("急性期治疗后病情稳定").select_option("met")
    page.get_by_role("button", name="保存").click()
    expect(page.locator("h1")).to_contain_text("符合指征")
    readable(page)
    page.get_by_role("link", name="可下转患者").first.click()
    expect(page.locator("#results")).to_contain_text("全科医疗，可接续治疗")
    readable(page)
    page.get_by_role("link", name="冯东桂").click()
    page.get_by_role("button", name="拟转往石桥乡卫生院的下转单").click()
    stands(page, "草稿")
    expect(page.locator("main")).to_contain_text("石桥乡卫生院")
