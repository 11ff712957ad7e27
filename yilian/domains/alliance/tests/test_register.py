"""The register and the page of a consortium: what they show, to whom, and with which clocks."""

from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from yilian.domains.alliance import coverage
from yilian.domains.alliance.coverage import Covered
from yilian.domains.alliance.life import Life, clocks_of, next_clock
from yilian.domains.alliance.models import Cause
from yilian.domains.alliance.register import Wish, lines
from yilian.domains.alliance.standing import Result, Standing
from yilian.domains.alliance.tests.acts import assess, on
from yilian.domains.alliance.tests.conftest import CITY_OFFICE, COUNTY_OFFICE, LEAD, MEMBER
from yilian.domains.alliance.timeline import events_of
from yilian.kernel.access.models import User
from yilian.registry.models import Consortium, Grid, Region

ALLIANCE = "specialty_alliance"


@pytest.fixture
def alliance(city):
    with on(2026, 2, 1):
        return Consortium.objects.get(pk=city.founded().consortium_id)


def browser(actor) -> Client:
    client = Client()
    user = User.objects.get(pk=actor.user_id)
    client.force_login(user, backend="yilian.kernel.access.logins.PasswordBackend")
    return client


def text(answer) -> str:
    assert answer.status_code == 200, answer.content.decode()[:400]
    return answer.content.decode()


def an_alliance(founded_on: date, **facts) -> Life:
    return Life(ALLIANCE, founded_on, **facts)


ENDED = {"ended_on": date(2026, 1, 31)}
YELLOW = {"results": (Result(2025, False),), "council_until": date(2028, 1, 31)}
SPRING = date(2026, 3, 1)
A_GROUP = Life("city_group", date(2024, 2, 1), charter_on=date(2024, 2, 29))


@pytest.mark.parametrize(
    ("life", "day", "expected"),
    [
        (an_alliance(date(2026, 2, 1)), SPRING, {"assessable": date(2026, 8, 1), "assessment": date(2026, 12, 31)}),
        (an_alliance(date(2026, 8, 1)), SPRING, {"assessable": date(2027, 2, 1), "assessment": date(2027, 12, 31)}),
        (an_alliance(date(2025, 2, 1)), SPRING, {"assessment": date(2025, 12, 31)}),
        (
            an_alliance(date(2024, 2, 1), **YELLOW),
            SPRING,
            {"assessment": date(2026, 12, 31), "yellow_card": date(2026, 12, 31), "council": date(2028, 1, 31)},
        ),
        (an_alliance(date(2022, 2, 1), ending_cause=Cause.FAILED, **ENDED), SPRING, {"ban": date(2029, 1, 31)}),
        (an_alliance(date(2022, 2, 1), ending_cause=Cause.FAILED, **ENDED), date(2029, 2, 1), {}),
        (an_alliance(date(2022, 2, 1), ending_cause=Cause.VOLUNTARY, **ENDED), SPRING, {}),
        (A_GROUP, SPRING, {"review": date(2027, 2, 28)}),
        (Life("telemedicine_network", date(2024, 2, 1)), SPRING, {}),
    ],
)
def test_clocks_of_a_life(life, day, expected):
    assert {clock.key: clock.on for clock in clocks_of(life, day)} == expected


def test_what_is_late_comes_first():
    life = Life(ALLIANCE, date(2025, 2, 1), council_until=date(2029, 1, 31))
    found = next_clock(clocks_of(life, date(2026, 3, 1)), date(2026, 3, 1))
    assert (found.key, found.is_late(date(2026, 3, 1)), found.days_left(date(2026, 1, 1))) == ("assessment", True, -1)


def test_every_clock_cites_its_article():
    lives = [
        Life(ALLIANCE, date(2026, 2, 1), results=(Result(2025, False),), council_until=date(2028, 1, 31)),
        Life("city_group", date(2024, 2, 1), charter_on=date(2024, 2, 29), agreement_until=date(2027, 1, 1)),
    ]
    assert all(str(clock.cite).startswith("《") for life in lives for clock in clocks_of(life, date(2026, 3, 1)))


def test_the_register_is_narrowed(city, alliance):
    far = Consortium.objects.create(kind="telemedicine_network", name="云山远程网", lead=city.place("云山县人民医院"),
                                    founded_on=date(2025, 1, 1))  # fmt: skip
    day = date(2026, 3, 1)
    assert [line.consortium.pk for line in lines(Wish(), day)] == [alliance.pk, far.pk]
    assert [line.consortium.pk for line in lines(Wish(kind="telemedicine_network"), day)] == [far.pk]
    assert [line.consortium.pk for line in lines(Wish(words="心血管"), day)] == [alliance.pk]
    assert [line.consortium.pk for line in lines(Wish(own=city.place(MEMBER).pk), day)] == [alliance.pk]
    assert lines(Wish(standing="yellow_card"), day) == []
    assert lines(Wish(kind=ALLIANCE), day)[0].members == 2


def test_trouble_stands_on_top(city, alliance):
    Consortium.objects.create(kind="city_group", name="集团", lead=city.place(LEAD), founded_on=date(2025, 1, 1))
    with on(2026, 12, 1):
        assess(city, alliance.pk, 2026, 30)
        assert [line.standing for line in lines(Wish(), date(2026, 12, 1))] == [Standing.YELLOW, Standing.ACTIVE]


def test_the_page_of_the_register(city, alliance):
    with on(2026, 3, 1):
        page = text(browser(city.stranger).get("/consortia/"))
    assert alliance.name in page
    assert "2026-08-01" in page
    assert "可首次考核" in page
    assert "正在筹建" not in page


def test_what_is_being_prepared_is_shown_to_its_parties_only(city):
    case = city.world.take(city.filing(), "submit", by=city.office)
    assert case.number in text(browser(city.office).get("/consortia/"))
    assert case.number not in text(browser(city.stranger).get("/consortia/"))


def test_htmx_gets_the_part(city, alliance):
    part = text(browser(city.office).get("/consortia/?kind=city_group", headers={"HX-Request": "true"}))
    assert "<html" not in part
    assert "没有符合条件的医联体" in part


def test_the_register_as_a_workbook(city, alliance):
    with on(2026, 3, 1):
        answer = browser(city.authority).get(f"/consortia/export.xlsx?kind={ALLIANCE}")
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows] == ["名称", alliance.name]
    assert rows[1][-3:-1] == ["可首次考核", "2026-08-01"]


def test_the_page_of_an_alliance(city, alliance):
    with on(2026, 12, 1):
        assess(city, alliance.pk, 2026, 30)
        page = text(browser(city.stranger).get(f"/consortia/{alliance.pk}/"))
    for words in (
        "黄牌警告",
        "2026 年度考核：不合格",
        "第 1 届理事会",
        "林静",
        MEMBER,
        "黄牌待下次考核结论",
        "试行期已届满",
    ):
        assert words in page
    assert "相关事项" not in page
    assert "提出申请" not in page


def test_parties_see_their_cases_on_the_page(city, alliance):
    with on(2026, 3, 1):
        page = text(browser(city.office).get(f"/consortia/{alliance.pk}/"))
    assert "相关事项" in page
    assert "提交设置申请" in page


def test_an_unknown_consortium_is_not_found(city):
    assert browser(city.office).get("/consortia/999999/").status_code == 404


def test_events_are_told_from_the_latest_to_the_first(city, alliance):
    with on(2026, 12, 1):
        assess(city, alliance.pk, 2026, 30)
        events = events_of(Consortium.objects.get(pk=alliance.pk), [], date(2026, 12, 1))
    assert [event.title for event in events] == [
        "2026 年度考核：不合格，黄牌警告", "成立", "1 家成员单位加入", "第 1 届理事会", "章程第 1 版通过",
    ]  # fmt: skip


def test_counties_nobody_answers_for_are_listed(city):
    Region.objects.filter(pk="990121").update(population=660_000)
    streets = Grid.objects.create(name="石桥网格")
    streets.regions.set(["990121101"])
    east = Grid.objects.create(name="东湖网格")
    east.regions.set(["990102"])
    for grid in (streets, east):
        Consortium.objects.create(kind="city_group", name=grid.name, lead=city.place(LEAD), grid=grid,
                                  founded_on=date(2025, 1, 1))  # fmt: skip
    found = coverage.counties(date(2026, 1, 1))
    assert [(county.region.name, county.covered) for county in found] == [
        ("云山县", Covered.NOT), ("北岭县", Covered.PARTLY), ("东湖区", Covered.WHOLE),
    ]  # fmt: skip
    assert coverage.population(found, Covered.NOT) is None
    assert coverage.population(found, Covered.PARTLY) == 660_000


def test_a_grid_without_a_consortium_stands_on_top(city):
    Grid.objects.create(name="无人网格")
    assert [(line.grid.name, line.holder) for line in coverage.grid_lines(date(2026, 1, 1))] == [("无人网格", None)]
    assert "无人负责" in text(browser(city.office).get("/consortia/grids/"))


def test_an_authority_draws_a_grid(city):
    answers = {"name": "东湖网格", "regions": ["990102"], "population": "610000"}
    assert browser(city.authority).post("/consortia/grids/", answers).status_code == 302
    assert Grid.objects.get(name="东湖网格").population == 610_000
    again = browser(city.authority).post("/consortia/grids/", answers)
    assert (again.status_code, "已存在" in again.content.decode()) == (422, True)
    assert browser(city.office).post("/consortia/grids/", answers).status_code == 403


def test_an_authority_draws_no_grid_outside_its_region(city):
    county = city.world.person("authority", at=COUNTY_OFFICE)
    answers = {"name": "东湖网格", "regions": ["990102"]}
    refused = browser(county).post("/consortia/grids/", answers)
    assert (refused.status_code, CITY_OFFICE in refused.content.decode()) == (422, True)
    assert browser(county).post("/consortia/grids/", answers | {"regions": ["990121"]}).status_code == 302


@pytest.mark.parametrize("kind", ["filing", "admission", "plaque", "appraisal", "exit", "establishment", "renewal"])
def test_every_form_can_be_opened_by_those_who_may(city, kind):
    actor = city.authority if kind == "appraisal" else city.office
    text(browser(actor).get(f"/{kind}/new/"))
    assert browser(city.world.person("doctor", at=LEAD)).get(f"/{kind}/new/").status_code == 403


def test_the_pages_of_cases_show_their_panels(city, alliance):
    with on(2026, 3, 1):
        case = city.application(alliance.pk, by=city.world.person("office", at="石桥乡卫生院"))
        page = text(browser(city.world.person("office", at="石桥乡卫生院")).get(case.get_absolute_url()))
    assert "有独立的门诊和住院部门" in page
    filing = city.world.open("filing", by=city.office, name="江城市眼科专科联盟", coverage=["990121"])
    page = text(browser(city.office).get(filing.get_absolute_url()))
    assert "覆盖范围跨县（区）" in page


def test_the_materials_dialog_comes_filled_in(city):
    case = city.prepared()
    page = text(browser(city.office).get(f"{case.get_absolute_url()}do/prepare/"))
    assert 'value="林静"' in page
    assert "心血管内科办公室" in page
