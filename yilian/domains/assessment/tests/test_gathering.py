"""What the values of fed indicators do not say by themselves: months that were not fed, definitions that changed."""

from datetime import date

from tests.stories.services_cast import browser
from yilian.domains.assessment.schemes import shipped
from yilian.domains.assessment.schemes.making import file_of, make_version
from yilian.kernel import clock
from yilian.kernel.indicators.indicator import indicators
from yilian.kernel.indicators.storing import Result, store

KEY = "service.tcm_share"


def fed(cast, months, digests):
    """Keep results of the county for the first months of 2025, counted by these definitions in turn."""
    days = [date(2025, month, 1) for month in months]
    county, group = cast.county.institution_id, cast.group.pk
    found = [Result(KEY, county, group, day, 9, 10, digests[at % len(digests)]) for at, day in enumerate(days)]
    store(found, covers=[KEY], months=days, at=clock.now())


def started(cast):
    text = file_of(shipped()["county@1"]).decode("utf-8-sig").replace("referral.down_share", KEY)
    make_version("own", "自定", ["city_group"], text.encode(), by=cast.lead)
    return cast.take(cast.draft(scheme="own@1"), "start", cast.lead)


def gap_of(period):
    return next(line for line in period.coverage if line["item"] == "county_down")


def test_months_that_were_not_fed_are_named_before_the_lock_and_beside_the_value(cast):
    own = indicators[KEY].definition_digest
    fed(cast, range(1, 10), [own])
    period = started(cast)
    assert gap_of(period)["missing"] == ["江城市第一人民医院", "北岭县人民医院（缺 3 个月）", "石桥乡卫生院"]
    sheet = cast.sheet(cast.county)
    assert sheet.lines["county_down"]["missing"] == 3
    assert "definitions" not in sheet.lines["county_down"]
    assert "（缺 3 个月）" in browser(cast.county).get(f"/assessment/{sheet.pk}/").content.decode()


def test_a_definition_that_changed_within_the_period_is_said_beside_the_value(cast):
    fed(cast, range(1, 13), [indicators[KEY].definition_digest, bytes(32)])
    period = started(cast)
    assert "北岭县人民医院" not in gap_of(period)["missing"], "every month was fed"
    sheet = cast.sheet(cast.county)
    assert sheet.lines["county_down"]["definitions"] == 2
    page = browser(cast.lead).get(f"/assessment/{sheet.pk}/line/?item=county_down").content.decode()
    assert "期内口径有变化" in page
