"""One specialty alliance from its application to the ban that follows its end, all in the browser, over five years."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.acts import add_row, ask, attach, choose, confirm, fill, find, press, stands, take
from yilian.domains.alliance.dimensions import DIMENSIONS
from yilian.domains.alliance.tests.conftest import LEAD, MEMBER, TOWN, City, make_city

NAME = "江城市心血管内科专科联盟"
CHAIR, VICE = {"position": "chair", "name": "林静"}, {"position": "vice", "name": "周明"}
NOTES = dict.fromkeys(("members_note", "plaques_note", "money_note", "data_note"), "已完成。")


@pytest.fixture
def city(calendar, world, settings, tmp_path) -> City:
    settings.MEDIA_ROOT = tmp_path / "documents"
    calendar.turn_to(2026, 2, 1)
    return make_city(world)


def apply(page: Page, readable) -> None:
    """Write the application down as a draft, with its report."""
    page.goto("/filing/new/")
    readable(page)
    fill(page.locator("main"), name=NAME, feasibility="需求明确，学科基础扎实。")
    choose(page, "specialty", "心血管", "心血管内科")
    choose(page, "coverage", "东湖", "东湖区")
    choose(page, "coverage", "北岭", "北岭县")
    press(page, "存草稿")
    stands(page, "草稿")
    attach(page, "alliance.feasibility")


def prepare(page: Page, readable) -> None:
    """Hand in the materials that preparation yields."""
    dialog = ask(page, "prepare")
    fill(
        dialog, charter_on="2026-01-10", charter_gist="共八章。", council_since="2026-01-10", secretariat="心内科办公室"
    )
    fill(page.locator("[data-rows=seats] tbody tr").first, **CHAIR)
    fill(add_row(page, "seats"), **VICE)
    choose(page, "members", "北岭", MEMBER)
    readable(page)
    confirm(page)
    for purpose in ("alliance.charter", "alliance.agreement"):
        attach(page, purpose)
    take(page, "present")


def agree(member: Page, readable) -> None:
    """Let the member that is to found the alliance find the question in its inbox, and agree."""
    find(member, NAME)
    expect(member.locator("#card-founders")).to_contain_text("尚未答复")
    readable(member)
    take(member, "agree")
    expect(member.locator("#card-founders")).to_contain_text("同意参加")


def found(lead: Page, authority: Page, member: Page, readable) -> None:
    """Bring the alliance from the application to its approval."""
    apply(lead, readable)
    readable(lead)
    take(lead, "submit")
    find(authority, NAME)
    readable(authority)
    take(authority, "consent", consent_number="江卫医函〔2026〕7号")
    expect(authority.locator("[data-verb=approve]")).to_have_count(0)
    lead.reload()
    prepare(lead, readable)
    authority.reload()
    expect(authority.locator(".reasons")).to_contain_text(f"尚未答复：{MEMBER}")
    expect(authority.locator(".step-actions > [data-verb=approve]")).to_have_count(0)
    agree(member, readable)
    authority.reload()
    readable(authority)
    take(authority, "approve", approval_number="江卫医发〔2026〕12号")
    stands(authority, "同意设置")
    readable(authority)


def join(town: Page, lead: Page, readable) -> None:
    """Let the township's clinic be admitted."""
    town.goto("/admission/new/")
    choose(town, "consortium", "心血管", NAME)
    fill(town.locator("main"), statement="愿开展双向转诊。", contact="周明", contact_phone="0700-1")
    readable(town)
    press(town, "存草稿")
    attach(town, "alliance.agreement")
    take(town, "submit")
    find(lead, TOWN)
    expect(lead.locator("#card-conditions tbody tr").first).to_contain_text("满足")
    readable(lead)
    take(lead, "admit")
    stands(lead, "已加入")


def put_up(town: Page, lead: Page, readable) -> None:
    """Let the new member ask for its plaque and be allowed to put it up."""
    town.goto("/plaque/new/")
    choose(town, "consortium", "心血管", NAME)
    fill(town.locator("main"), evaluation="协议履行良好。", promises_cooperation=True, promises_use=True,
         promises_notice=True)  # fmt: skip
    readable(town)
    press(town, "提交挂牌申请")
    find(lead, "挂牌")
    take(lead, "consent", approved_name=f"{LEAD}{NAME}成员单位")
    stands(lead, "挂牌中")
    readable(lead)


def fail(authority: Page, year: int, score: int) -> None:
    """Assess a year, too low in every dimension, and publish it."""
    authority.goto("/appraisal/new/")
    choose(authority, "consortium", "心血管", NAME)
    expect(authority.locator("[name=year]")).to_have_value(str(year))
    press(authority, "通知自评")
    take(authority, "proceed")
    scores = {dimension.score: str(score) for dimension in DIMENSIONS}
    take(authority, "score", opinion="按指标评定。", **scores)
    take(authority, "publish")
    stands(authority, "已公布")


def look_up(page: Page, standing: str, readable) -> None:
    """Find the alliance in the register and see how it stands."""
    page.goto("/consortia/")
    page.locator("main").get_by_role("link", name=NAME).first.click()
    expect(page.locator("h1 .tag").first).to_contain_text(standing)
    readable(page)


def dissolve(calendar, lead: Page, authority: Page, readable) -> None:
    """Settle what the second failed year has ordered, and end the alliance."""
    find(lead, NAME)
    stands(lead, "解散清理中")
    readable(lead)
    take(lead, "settle", **NOTES)
    calendar.turn_to(2028, 2, 29)
    find(authority, NAME)
    take(authority, "dissolve")
    stands(authority, "已解散")
    readable(authority)


def test_an_alliance_from_its_application_to_the_ban(calendar, city, page_of, readable):
    lead, authority = page_of(city.office), page_of(city.authority)
    town = page_of(city.world.person("office", at=TOWN))
    found(lead, authority, page_of(city.county), readable)
    join(town, lead, readable)
    put_up(town, lead, readable)
    calendar.turn_to(2026, 12, 1)
    fail(authority, 2026, 55)
    look_up(authority, "黄牌", readable)
    expect(authority.locator("main")).to_contain_text(TOWN)
    calendar.turn_to(2027, 12, 1)
    fail(authority, 2027, 59)
    readable(authority)
    dissolve(calendar, lead, authority, readable)
    calendar.turn_to(2031, 2, 28)
    look_up(town, "已解散", readable)
    for event in ("黄牌", "责令解散", "挂牌终止"):
        expect(town.locator(".timeline").first).to_contain_text(event)
    apply(lead, readable)
    expect(lead.locator(".reasons")).to_contain_text("2031-03-01 前不得再次申请该专业")
    expect(lead.locator(".reasons")).to_contain_text("第二十条")
    expect(lead.locator(".step-actions > [data-verb=submit]")).to_have_count(0)
    readable(lead)
    calendar.turn_to(2031, 3, 1)
    lead.reload()
    take(lead, "submit")
    stands(lead, "待备案审查")
