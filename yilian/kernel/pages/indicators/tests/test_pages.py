"""The shelf and the page of an indicator: stored values, honest gaps, filters, comparison, export."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from tests.programs import Program
from tests.world import CITY, COUNTY, ELSEWHERE
from yilian.kernel.access.scope import scope
from yilian.kernel.clock import standing_at
from yilian.kernel.clock.periods import parse
from yilian.kernel.indicators.indicator import indicators
from yilian.kernel.indicators.storing import Result, store
from yilian.kernel.pages.indicators.belonging_words import partly_members
from yilian.kernel.pages.indicators.choosing import Wish, options

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
KEY = "service.primary_share"
STAY = "service.stay_days"


@pytest.fixture(autouse=True)
def today():
    with standing_at(NOW):
        yield


def stored(key, institution, months, consortium=None):
    """Keep results {month: (part, whole)} of an indicator."""
    digest = indicators[key].definition_digest
    results = [
        Result(key, institution, consortium, month, part, whole, digest) for month, (part, whole) in months.items()
    ]
    store(results, covers=[], months=[], at=NOW)


@pytest.fixture
def county(world, client):
    user = world.user("office", at=COUNTY)
    client.force_login(user)
    stored(STAY, world.place(COUNTY).pk, {date(2026, 9, 1): (30, 5), date(2026, 10, 1): (70, 10)})
    return user


@pytest.fixture
def page(client):
    def get(address, status=200):
        answer = client.get(address)
        assert answer.status_code == status
        return answer.content.decode()

    return get


@pytest.mark.usefixtures("county")
def test_the_shelf_shows_what_was_stored_and_how_much_it_covers(page):
    shown = page("/indicators/?period=2026Q4&q=平均住院日")
    assert "7 天" in shown
    assert "70 / 10" in shown
    assert "1/2 个月有数据" in shown
    assert "1 项指标，1 项有数据" in shown


@pytest.mark.usefixtures("county")
def test_nothing_fed_is_no_data_and_a_missing_feed_is_named(page):
    assert "未覆盖" in page("/indicators/?period=2026-08&q=平均住院日")
    shown = page("/indicators/?q=县域内四类慢性病过早死亡率")
    assert "无数据" in shown
    assert "死因监测数据与分年龄人口" in shown


@pytest.mark.usefixtures("county")
def test_the_shelf_costs_the_same_however_many_indicators_and_months_it_shows(client):
    client.get("/indicators/?period=2026")
    counts = []
    for address in ("/indicators/?q=平均住院日&period=2026-10", "/indicators/?period=2026"):
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        counts.append(len(seen))
    assert counts[0] == counts[1]
    of_numbers = [query for query in seen.captured_queries if "indicators_" in query["sql"]]
    assert len(of_numbers) == 3, "the values, when they were counted, and what the last count left out"


def test_a_filter_keeps_what_it_names_and_unknown_words_keep_everything():
    everything = len(Wish.read({}).chosen())
    for name, listed in options().items():
        for key, _title in listed if name != "data" else []:
            assert 0 < len(Wish.read({name: key}).chosen()) <= everything
        assert len(Wish.read({name: "nothing"}).chosen()) == everything
    assert [item.key for item in Wish.read({"q": "平均住院日"}).chosen()] == [STAY]


@pytest.mark.usefixtures("county")
@pytest.mark.parametrize("sort", ["theme", "title", "source", "value", "nonsense"])
def test_every_order_shows_the_same_indicators(page, sort):
    assert f"{len(list(indicators))} 项指标" in page(f"/indicators/?sort={sort}")


@pytest.mark.usefixtures("county")
def test_an_indicator_shows_formula_trend_and_gaps(page):
    shown = page(f"/indicators/{STAY}/?period=2026")
    assert indicators[STAY].formula.part.split("(")[0] in shown
    assert "6.67 天" in shown
    assert shown.count('r="3"') == 2
    assert "2026-11" in shown.split("未覆盖")[-1]
    assert "2026-10" not in shown.split("以下机构和月份")[-1].split("</section>")[0]


def lead(world, *members):
    with scope(world.clock_at(COUNTY)):
        consortium = apps.get_model("registry", "Consortium").objects.create(
            name="北岭县医共体", kind="county_community", lead=world.place(COUNTY), founded_on=date(2020, 1, 1)
        )
        for name in (COUNTY, *members):
            apps.get_model("registry", "Membership").objects.create(
                consortium=consortium, institution=world.place(name), since_on=date(2020, 1, 1),
                role="lead" if name == COUNTY else "member",
            )  # fmt: skip
    return consortium


@pytest.mark.usefixtures("county")
def test_the_lead_compares_its_members_and_nobody_sees_a_stranger(world, page):
    lead(world, CITY)
    for name, months in ((CITY, {date(2026, 10, 1): (20, 10)}), (ELSEWHERE, {date(2026, 10, 1): (99, 9)})):
        stored(STAY, world.place(name).pk, months)
    shown = page(f"/indicators/{STAY}/?period=2026-10")
    rows = shown.split("机构比较")[-1]
    assert rows.index(CITY) < rows.index(COUNTY)
    assert ELSEWHERE not in shown
    stranger = world.place(ELSEWHERE).pk
    assert "11 天" not in page(f"/indicators/{STAY}/?period=2026-10&scope=at{stranger}")


def offered(shown):
    return shown.split('id="scope"')[1].split("</select>")[0]


def test_of_a_consortium_its_lead_reads_the_whole_a_member_its_part_and_a_stranger_not_even_zero(world, client, page):
    row = lead(world, CITY)
    address, whole = f"/indicators/{STAY}/?period=2026-10&scope={row.pk}", f'value="{row.pk}"'
    for role, at, sees, is_partial in (
        ("office", COUNTY, True, False), ("doctor", COUNTY, True, True), ("office", CITY, True, True),
        ("office", ELSEWHERE, False, False),
    ):  # fmt: skip
        client.force_login(world.user(role, at=at))
        shown = page(address)
        assert (whole in offered(shown), "不是整个医联体的数" in shown) == (sees, is_partial), (role, at)
        assert (CITY in offered(shown)) == (at == CITY or (role, at) == ("office", COUNTY))
        program = Program(world.user(role, at=at))
        assert program.get(f"indicators/{STAY}?consortium={row.pk}").status_code == (200 if sees else 404)


@pytest.mark.usefixtures("county")
def test_who_joined_or_left_in_mid_year_is_said_with_the_months_that_count(world, page):
    row = lead(world, CITY, ELSEWHERE)
    address = f"/indicators/{STAY}/?period=2026&scope={row.pk}"
    assert "期内成员有变动" not in page(address)
    row.memberships.filter(institution=world.place(CITY)).update(since_on=date(2026, 3, 10))
    row.memberships.filter(institution=world.place(ELSEWHERE)).update(until_on=date(2026, 6, 30))
    shown = page(address)
    assert f"{CITY}：期内加入，自 2026-03 起计入" in shown
    left = {world.place(ELSEWHERE).pk: ELSEWHERE}
    assert partly_members(row.pk, parse("2026"), left) == [f"{ELSEWHERE}：期内退出，计至 2026-06"]
    assert "期内成员有变动" not in page(f"/indicators/{STAY}/?period=2026-05&scope={row.pk}")


@pytest.mark.usefixtures("county")
def test_the_workbooks_hold_what_the_pages_show(client):
    answer = client.get("/indicators/export.xlsx?period=2026-10&q=平均住院日")
    head, line = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert dict(zip(head, line, strict=True))["数值"] == "7.00"
    answer = client.get(f"/indicators/{STAY}/export.xlsx?period=2026-10")
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [(row[1], Decimal(row[2])) for row in rows[1:] if row[0] == COUNTY] == [("2026-09", 6), ("2026-10", 7)]


@pytest.mark.usefixtures("county")
@pytest.mark.parametrize("period", ["2026-13", "0001", "9999", "x", "2026-05-01..2026-06-15", ""])
def test_odd_periods_are_answered(page, period):
    page(f"/indicators/?period={period}")
    page(f"/indicators/{STAY}/?period={period}")


@pytest.mark.usefixtures("county")
def test_what_only_consortia_have_compares_consortia_and_misses_no_institution(world, page):
    lead = world.place(COUNTY)
    model = apps.get_model("registry.Consortium")
    groups = [
        model.objects.create(kind="city_group", name=name, lead=lead, founded_on=date(2020, 1, 1))
        for name in ("甲集团", "乙集团", "丙集团")
    ]
    for group in groups:
        group.memberships.create(institution=lead, role="lead", since_on=date(2020, 1, 1))
    for group, grade in zip(groups[:2], (1, 2), strict=True):
        stored("statement.charter", None, {date(2026, 10, 1): (grade, None)}, group.pk)
    shown = page("/indicators/statement.charter/?period=2026-10")
    assert "医联体比较" in shown
    assert "未覆盖" not in shown
    table = shown.partition("医联体比较")[2].partition("</table>")[0]
    assert table.index("乙集团") < table.index("甲集团")
    assert "丙集团" not in table, "of which nothing is known"
