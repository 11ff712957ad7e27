"""Who decides, what was promised, whether it was kept, and what follows: one spring of a county community.

A council is founded and adopts the charter by vote; two members sign an agreement; two months pass in which a clause is
broken; the next meeting has it on its agenda by itself, resolves on a shorter limit, and a referral keeps to it.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.e2e.acts import add_row, address, ask, choose, confirm, fill, find, press, stands, take
from tests.world import COUNTY, TOWNSHIP, World
from yilian.domains.agreement.checking.round import check
from yilian.domains.referral.models import Referral
from yilian.domains.referral.tests.cast import Cast, make_cast
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.scope import scope
from yilian.registry.models import Consortium, Practitioner
from yilian.registry.patients import register_patient

GROUP, COUNCIL, AGREEMENT, MEETING = "北岭县医共体", "北岭县医共体理事会", "石桥双向转诊协议", "春季联席会议"
CHAIR, VICE = "孙立群", "钱文远"


@dataclass
class Spring:
    """The two members, their offices, and the people of the referrals."""

    world: World
    cast: Cast
    group: Consortium
    lead: Actor
    member: Actor

    def referred(self, day: date, *, late: bool) -> Referral:
        """Draft a referral of a new patient, and where it comes late send it and answer it after thirty hours."""
        with clock.standing_at(_at(day, 9)):
            with scope(self.cast.township):
                patient, _is_new = register_patient(
                    by=self.cast.township, name=f"患者{day:%m%d}", birth_on=date(1960, 1, 1)
                )
            case = self.cast.draft(patient=patient.pk, priority="3", consent_told_at=_at(day, 8))
            case = self.cast.take(case, "send", by=self.cast.township) if late else case
        if late:
            with clock.standing_at(_at(day, 9) + timedelta(hours=30)):
                case = self.cast.take(case, "accept", by=self.cast.county_desk)
        return case


def _at(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


@pytest.fixture
def spring(calendar, world, settings, tmp_path) -> Spring:
    settings.MEDIA_ROOT = tmp_path / "documents"
    calendar.turn_to(2026, 2, 2)
    cast = make_cast(world)
    for name, place in ((CHAIR, COUNTY), (VICE, TOWNSHIP)):
        Practitioner.objects.create(institution=world.place(place), name=name, profession="physician")
    offices = (world.person("office", "director", at=place) for place in (COUNTY, TOWNSHIP))
    return Spring(world, cast, Consortium.objects.get(name=GROUP), *offices)


def founded(lead: Page, readable) -> None:
    """Found the council with a chair and a vice chair from the register."""
    lead.goto("/body/new/")
    choose(lead, "consortium", "北岭", GROUP)
    fill(lead.locator("main"), sort="council", since_on="2026-02-02", decision="成立大会通过")
    lead.locator("#ask-name").fill(COUNCIL)
    rows = lead.locator("[data-rows=seats] tbody tr")
    fill(rows.first, position="chair")
    choose(lead, "seats.0.person", CHAIR, CHAIR)
    second = add_row(lead, "seats")
    fill(second, position="vice")
    choose(lead, second.locator("select[data-picker]").get_attribute("name"), VICE, VICE)
    press(lead, "设立")
    stands(lead, "运行中")
    readable(lead)


def adopted(lead: Page, member: Page, group: Consortium, readable) -> None:
    """Propose the charter, let both seats vote on the motion that is drafted, and count."""
    lead.goto("/charter/new/")
    choose(lead, "consortium", "北岭", GROUP)
    fill(lead.locator("main"), way="vote", changes="首次逐条登记。", effective_on="2026-02-02")
    row = lead.locator("[data-rows=clauses] tbody tr").first
    fill(row, title="牵头单位的职责", about="lead", text="每月派专家下沉。")
    press(lead, "提交表决")
    stands(lead, "待表决")
    find(lead, "修订章程")
    take(lead, "put")
    for page, name in ((lead, CHAIR), (member, VICE)):
        find(page, "修订章程")
        ask(page, "vote_seat")
        choose(page, "seat", name, name)
        fill(page.locator("#dialog"), ballot="for")
        confirm(page)
    lead.reload()
    readable(lead)
    take(lead, "count")
    member.goto(f"/consortia/{group.pk}/charter/")
    expect(member.locator("main")).to_contain_text("每月派专家下沉。")
    readable(member)


def signed(lead: Page, member: Page) -> None:
    """Let the member draft an agreement with its lead, and both sign it."""
    member.goto("/agreement/new/")
    choose(member, "consortium", "北岭", GROUP)
    choose(member, "partners", "北岭", COUNTY)
    fill(member.locator("main"), subject=AGREEMENT, template="referral", begins_on="2026-02-02", ends_on="2027-02-01")
    press(member, "存草稿")
    take(member, "propose")
    find(lead, AGREEMENT)
    take(lead, "approve")
    member.reload()
    take(member, "finalise")
    for page in (member, lead):
        page.reload()
        page.locator("[data-verb=sign]").click()
        fill(page.locator("main"), manner="typed", signer="周明")
        press(page, "确定签署")
    stands(lead, "履行中")


def called(lead: Page, member: Page, readable) -> str:
    """Call the next meeting, with the broken clause on its agenda by itself; return its address."""
    find_agreement(lead)
    expect(lead.locator("#card-checks")).to_contain_text("未履行")
    readable(lead)
    lead.goto("/meeting/new/")
    choose(lead, "consortium", "北岭", GROUP)
    fill(lead.locator("main"), form="joint", subject=MEETING, starts_at="2026-04-03 14:00", place="三层会议室")
    fill(lead.locator("[data-rows=agenda] tbody tr").first, item="一季度转诊情况")
    press(lead, "存草稿")
    expect(lead.locator("main")).to_contain_text("连续 2 期未履行")
    readable(lead)
    take(lead, "call")
    find(member, MEETING)
    expect(member.locator("main")).to_contain_text("连续 2 期未履行")
    take(member, "reply", reply="attend", person=VICE)
    return lead.url


def find_agreement(page: Page) -> None:
    page.goto("/agreements/checks/")
    page.locator("main").get_by_role("link", name=AGREEMENT).click()


def resolved(lead: Page, member: Page, meeting: str, readable) -> None:
    """Hold the meeting: both sign in, resolve on twelve hours, and the minutes say so."""
    for page, name in ((lead, CHAIR), (member, VICE)):
        page.goto(meeting)
        take(page, "sign_in", signed_by=name)
    lead.goto("/motion/new/")
    choose(lead, "consortium", "北岭", GROUP)
    choose(lead, "sitting", "春季", MEETING)
    fill(lead.locator("main"), subject="普通转诊十二小时内答复", text="接收方应在十二小时内答复。", matter="parameter")
    choose(lead, "parameter", "普通转诊的答复", "普通转诊的答复时限")
    fill(lead.locator("main"), value="12")
    press(lead, "提交表决")
    for page in (lead, member):
        find(page, "普通转诊十二小时内答复")
        take(page, "vote", ballot="for")
    lead.reload()
    take(lead, "count")
    expect(lead.locator("main")).to_contain_text("已生效")
    readable(lead)
    lead.goto(meeting)
    take(lead, "hold")
    expect(lead.locator("main")).to_contain_text("普通转诊十二小时内答复》：通过")
    take(lead, "approve")
    stands(lead, "纪要已定")


def kept(doctor: Page, referral: Referral, readable) -> None:
    """Send a referral: the limit is the new one, and it leads to the resolution behind it."""
    doctor.goto(address(referral))
    take(doctor, "send")
    card = doctor.locator("#card-limits")
    expect(card.locator(".applies")).to_contain_text("12 小时")
    expect(card.locator(".applies")).to_contain_text("普通转诊十二小时内答复")
    expect(card).to_contain_text("24 小时")
    readable(doctor)
    card.locator(".applies a").click()
    stands(doctor, "已计票")


def test_from_the_council_to_the_referral_that_keeps_what_it_resolved(spring, calendar, page_of, readable):
    lead, member = page_of(spring.lead), page_of(spring.member)
    founded(lead, readable)
    adopted(lead, member, spring.group, readable)
    signed(lead, member)
    for day in (date(2026, 2, 10), date(2026, 3, 10)):
        spring.referred(day, late=True)
    calendar.turn_to(2026, 4, 2)
    with clock.standing_at(_at(date(2026, 4, 2), 3)):
        assert check().filed == 1
    meeting = called(lead, member, readable)
    calendar.turn_to(2026, 4, 3)
    resolved(lead, member, meeting, readable)
    calendar.turn_to(2026, 4, 6)
    doctor = page_of(spring.cast.township)
    kept(doctor, spring.referred(date(2026, 4, 6), late=False), readable)
