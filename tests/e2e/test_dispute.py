"""A dispute in the browser: filed, accepted, answered, mediated in vain, decided, and the decision printed."""

from playwright.sync_api import Page, expect

from tests.e2e.acts import choose, fill, find, press, stands, take
from yilian.domains.dispute.tests.conftest import Cast, make_cast
from yilian.kernel import clock

SUBJECT = "进修名额未兑现"


def filed(page: Page, cast: Cast, readable) -> None:
    page.goto("/dispute/new/")
    fill(page.locator("main"), subject=SUBJECT, claims="补足名额", facts="协议约定每年两名，今年未接收。")
    choose(page, "consortium", "江城市医疗", cast.group.name)
    choose(page, "respondent", "石桥", "石桥乡卫生院")
    readable(page)
    press(page, "提出申请")
    stands(page, "待受理")


def mediated_in_vain(page: Page, readable) -> None:
    """Appoint a day, record the session, propose; the proposal is turned down elsewhere."""
    page.reload()
    take(page, "mediate", held_on=str(clock.today()), present="双方院长", record="双方陈述，分歧在人数")
    take(page, "propose", proposal="明年补足两名", effect="第三条增加补足条款")
    stands(page, "待答复调解方案")
    readable(page)


def decided(page: Page, readable) -> None:
    """Decide, issue the paper, and find it valid outside."""
    page.reload()
    take(page, "decide", decided_by="纠纷解决机构会议", decision="三年内补足两名")
    stands(page, "已决定")
    expect(page.locator("main")).to_contain_text("三年内补足两名")
    readable(page)
    page.locator("#card-documents").get_by_role("button", name="开具决定书").click()
    expect(page.locator("#card-documents")).to_contain_text("联决〔")


def test_a_dispute_from_its_filing_to_the_decision(world, page_of, readable, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "documents"
    cast = make_cast(world)
    county, township, lead = (page_of(one) for one in (cast.county, cast.township, cast.lead))
    filed(county, cast, readable)
    find(lead, SUBJECT)
    take(lead, "accept")
    find(township, SUBJECT)
    take(township, "reply", reply="名额已满")
    mediated_in_vain(lead, readable)
    township.reload()
    take(township, "object", objection="人数过多")
    county.reload()
    take(county, "refer")
    decided(lead, readable)
    county.reload()
    stands(county, "已决定")
