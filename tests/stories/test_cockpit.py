"""The cockpit shows stored results and nothing else: the same numbers, unknown as unknown, and rows behind each."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.stories.services_cast import browser
from yilian.domains.referral.tests.cast import make_cast
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.clock.periods import add_months, period_of
from yilian.kernel.indicators.indicator import indicators
from yilian.kernel.indicators.results import totals
from yilian.kernel.indicators.storing import Result, store
from yilian.kernel.lake.models import Refresh
from yilian.registry.models import Consortium
from yilian.reports.cockpit.flows import count_flows, flows

KEY = "referral.in_time_share"
MOST = 24
"""Statements of the whole page, log-in and posts included."""


@pytest.fixture
def cast(world):
    cast = make_cast(world)
    cast.group = Consortium.objects.get(name="江城市医疗集团")
    cast.community = Consortium.objects.get(name="北岭县医共体")
    cast.head = world.person("director", at="北岭县人民医院")
    cast.member = world.person("director", at="石桥乡卫生院")
    return cast


def counted(cast, *lines, at=None):
    """Keep results of this month: (institution or None, part, whole) in the community."""
    month, digest = clock.today().replace(day=1), indicators[KEY].definition_digest
    rows = [Result(KEY, place, cast.community.pk, month, part, whole, digest) for place, part, whole in lines]
    store(rows, covers=[KEY], months=[month], at=at or clock.now())


def test_every_number_is_that_of_the_indicator_and_opens_to_it(cast):
    county, township = cast.county.institution_id, cast.township.institution_id
    counted(cast, (None, 3, 12), (county, 2, 10), (township, 1, 2))
    period = period_of(clock.today(), 1)
    with scope(cast.head):
        asked = {"consortium_id": cast.community.pk, "period": period}
        assert totals([KEY], **asked)[KEY][None].part == 3
    page = browser(cast.head).get(f"/cockpit/?period={period.label}").content.decode()
    assert "北岭县医共体" in page
    assert f'href="/indicators/{KEY}/?period={period.label}&amp;scope={cast.community.pk}"' in page
    assert '<span class="wall-number">25<small>%</small></span><span class="wall-base">3 / 12 </span>' in page
    assert '<span class="wall-number is-unknown">无数据</span>' in page, "what was never counted is unknown"
    league = page[page.index("转诊按期答复占比排名") :]
    assert league.index("石桥乡卫生院") < league.index("北岭县人民医院"), "half before a fifth"
    assert f"scope=at{township}" in league
    assert "另有 2 家机构无数据" in page, "of the other leagues nothing is known"


def test_the_page_says_how_old_the_numbers_are_and_asks_little(cast):
    assert "指标尚未统计" in browser(cast.head).get("/cockpit/").content.decode()
    counted(cast, (None, 3, 12), at=clock.now() - timedelta(days=3))
    office, address = browser(cast.head), f"/cockpit/?period={period_of(clock.today(), 1).label}"
    office.get(address)
    with CaptureQueriesContext(connection) as few:
        page = office.get(address).content.decode()
    assert f"数据截至 {clock.local(clock.now() - timedelta(days=3)):%Y-%m-%d}" in page
    for _number in range(3):
        cast.world.place(f"分院{_number}")
    counted(cast, (None, 3, 12), (cast.county.institution_id, 1, 9), (cast.township.institution_id, 1, 9))
    cast.sent()
    count_flows()
    with CaptureQueriesContext(connection) as more:
        office.get(address)
    assert len(few) <= len(more) <= MOST


def test_flows_are_counted_and_open_to_their_referrals(cast):
    referral = cast.sent()
    count_flows()
    with scope(cast.head):
        found = flows(cast.community.pk, period_of(clock.today(), 12))
        assert [(row.sender_id, row.receiver_id, row.direction, row.cases) for row in found.arrows] == [
            (cast.township.institution_id, cast.county.institution_id, "up", 1)
        ]
    count_flows()
    head, address = browser(cast.head), "/cockpit/flow/?sender={}&receiver={}&direction=up"
    address = address.format(cast.township.institution_id, cast.county.institution_id)
    assert address.replace("&", "&amp;") in head.get("/cockpit/").content.decode()
    assert referral.number in head.get(address).content.decode()
    before = period_of(add_months(clock.today(), -12), 12).label
    assert referral.number not in head.get(f"{address}&period={before}").content.decode()
    page = head.get(f"/cockpit/flow/?consortium={cast.community.pk}").content.decode()
    assert referral.number in page, "the number of all referrals opens to all of them"
    assert referral.number not in browser(cast.stranger).get("/cockpit/flow/").content.decode()
    for bad in (
        "sender=x&receiver=2&direction=up",
        "sender=1&receiver=99999&direction=up",
        address[15:-2] + "sideways",
    ):
        assert head.get(f"/cockpit/flow/?{bad}").status_code == 404, bad
    with scope(cast.stranger):
        assert flows(None, period_of(clock.today(), 12)).cases == 0


def test_a_member_sees_the_own_part_and_others_nothing(cast):
    county, township = cast.county.institution_id, cast.township.institution_id
    counted(cast, (None, 3, 12), (county, 2, 10), (township, 1, 4))
    period = period_of(clock.today(), 1).label
    page = browser(cast.member).get(f"/cockpit/?period={period}&consortium={cast.community.pk}").content.decode()
    assert '<span class="wall-base">1 / 4 </span>' in page
    league = page[page.index("转诊按期答复占比排名") :]
    assert "石桥乡卫生院" in league
    assert "北岭县人民医院" not in league
    assert browser(cast.county).get("/cockpit/").status_code == 403
    stranger = browser(cast.stranger).get(f"/cockpit/?consortium={cast.community.pk}").content.decode()
    assert "没有可看的运行数据" in stranger


def test_what_is_late_is_listed_with_who_has_to_act(cast):
    with clock.standing_at(clock.now() - timedelta(days=30)):
        referral = cast.draft(consent_told_at=clock.now())
        referral = cast.take(referral, "send", by=cast.township)
    page = browser(cast.head).get("/cockpit/").content.decode()
    assert referral.number in page
    assert "等待 北岭县人民医院" in page
    assert cast.patient.name not in page, "a wall names no patient"
    rows = browser(cast.head).get(f"/cockpit/late/?consortium={cast.community.pk}").content.decode()
    assert referral.number in rows, "the count opens to all that it counts"
    assert browser(cast.county).get("/cockpit/late/").status_code == 403
    assert browser(cast.stranger).get("/cockpit/late/").status_code == 404


def test_before_the_first_counting_the_screen_says_how_far_it_is(cast):
    page = browser(cast.head).get("/cockpit/").content.decode()
    stages = page[page.index("首次统计进展") :]
    assert "2 家成员机构中 0 家已报送诊疗数据" in stages
    assert "等候：报送完成后自动开始" in stages
    assert 'data-refresh="10"' in page
    Refresh.objects.create(started_at=clock.now(), finished_at=clock.now(), rows=1234, months=1)
    page = browser(cast.head).get("/cockpit/").content.decode()
    stages = page[page.index("首次统计进展") :]
    assert "已完成，1,234 行" in stages
    assert '<li class="running"><span class="wall-step" aria-hidden="true">3</span>' in stages
    counted(cast, (None, 3, 12))
    page = browser(cast.head).get(f"/cockpit/?period={period_of(clock.today(), 1).label}").content.decode()
    assert "首次统计进展" not in page
    assert 'data-refresh="300"' in page
