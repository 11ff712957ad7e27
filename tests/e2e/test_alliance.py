"""A specialty alliance at the windows of its lead and its authority: approved, failed, ended, and refused again."""

import pytest
from playwright.sync_api import expect

from tests.e2e.acts import address, stands, take
from yilian.domains.alliance.dimensions import DIMENSIONS
from yilian.domains.alliance.tests.acts import assess, notified, on, today
from yilian.domains.alliance.tests.conftest import TOWN, City, make_city
from yilian.domains.alliance.tests.test_whole_life import put_up_a_plaque
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow.conversation import linked

THIS_YEAR = clock.today().year
NOTES = dict.fromkeys(("members_note", "plaques_note", "money_note", "data_note"), "已完成。")


@pytest.fixture
def city(world, settings, tmp_path) -> City:
    settings.MEDIA_ROOT = tmp_path / "documents"
    return make_city(world)


def ended(city: City) -> int:
    """Live through an alliance that failed twice and was dissolved on the last of February of last year."""
    with on(THIS_YEAR - 3, 2, 1):
        alliance = city.founded(charter_on=today(), council_since=today()).consortium_id
        put_up_a_plaque(city, alliance)
    with on(THIS_YEAR - 3, 12, 1):
        assess(city, alliance, THIS_YEAR - 3, 55)
    with on(THIS_YEAR - 2, 12, 1):
        second = assess(city, alliance, THIS_YEAR - 2, 59)
    with on(THIS_YEAR - 1, 2, 28):
        with scope(city.authority):
            [(_, dissolution)] = linked(second)
        dissolution = city.world.take(dissolution, "settle", by=city.office, **NOTES)
        city.world.take(dissolution, "dissolve", by=city.authority, dissolved_on=today())
    return alliance


def test_the_lead_applies_and_the_authority_approves(city, page_of, readable):
    filing = city.filing()
    lead, authority = page_of(city.office), page_of(city.authority)
    lead.goto(address(filing))
    take(lead, "submit")
    authority.goto("/inbox/")
    authority.get_by_role("link", name=filing.title).first.click()
    take(authority, "consent", consent_number="江卫医函〔2026〕7号")
    expect(authority.locator("[data-verb=approve]")).to_have_count(0)
    with scope(city.office):
        filing.refresh_from_db()
    city.world.take(city.supplied(filing), "present", by=city.office)
    authority.goto(address(filing))
    readable(authority)
    take(authority, "approve", approval_number="江卫医发〔2026〕12号")
    lead.reload()
    stands(lead, "同意设置")
    readable(lead)


def test_the_lead_reads_the_conditions_of_an_applicant(city, page_of, readable):
    with on(THIS_YEAR - 1, 2, 1):
        alliance = city.founded(charter_on=today(), council_since=today()).consortium_id
    town = city.world.person("office", at=TOWN)
    application = city.world.take(city.application(alliance, by=town), "submit", by=town)
    lead = page_of(city.office)
    lead.goto(address(application))
    conditions = lead.locator("#card-conditions")
    expect(conditions.locator("tbody tr").first).to_contain_text("满足")
    readable(lead)
    take(lead, "admit")
    lead.goto(f"/consortia/{alliance}/")
    expect(lead.get_by_text(TOWN).first).to_be_visible()


def test_a_failed_year_shows_on_the_register(city, page_of, readable):
    with on(THIS_YEAR - 2, 2, 1):
        alliance = city.founded(charter_on=today(), council_since=today()).consortium_id
    with on(THIS_YEAR - 1, 12, 1):
        case = notified(city, alliance, THIS_YEAR - 1)
        case = city.world.take(case, "proceed", by=city.authority)
        scores = {dimension.score: 40 for dimension in DIMENSIONS}
        case = city.world.take(case, "score", by=city.authority, opinion="按指标评定。", **scores)
    authority = page_of(city.authority)
    authority.goto(address(case))
    take(authority, "publish")
    authority.goto(f"/consortia/{alliance}/")
    expect(authority.locator("h1 .tag")).to_contain_text("黄牌")
    readable(authority)


def test_the_ban_after_the_end_names_its_day_and_its_article(city, page_of, readable):
    alliance = ended(city)
    again = city.filing()
    lead = page_of(city.office)
    lead.goto(address(again))
    refusal = lead.locator(".reasons")
    expect(refusal).to_contain_text("前不得再次申请该专业")
    expect(refusal).to_contain_text(str(THIS_YEAR + 2))
    expect(refusal).to_contain_text("第二十条")
    expect(lead.locator(".step-actions > [data-verb=submit]")).to_have_count(0)
    readable(lead)
    lead.goto(f"/consortia/{alliance}/")
    for event in ("黄牌", "责令解散", "挂牌终止"):
        expect(lead.locator(".timeline")).to_contain_text(event)
    readable(lead)
