"""What consortia owe on a calendar, and the numbers about them; unknown stays unknown."""

from datetime import date
from decimal import Decimal

import pytest

from yilian.domains.alliance import api
from yilian.domains.alliance.dimensions import DIMENSIONS
from yilian.domains.alliance.tests.acts import assess, notified, on
from yilian.domains.alliance.tests.conftest import CITY_OFFICE, COMPLETE, LEAD, MEMBER, TOWN
from yilian.kernel.access.scope import scope
from yilian.kernel.clock.periods import parse
from yilian.kernel.deadlines.obligation import obligations
from yilian.kernel.deadlines.standing import standings
from yilian.kernel.indicators.evaluation import evaluate
from yilian.registry.models import Consortium, Grid

OWN = {dimension.self_score: 90 for dimension in DIMENSIONS}


@pytest.fixture
def alliance(city):
    with on(2026, 1, 20):
        return city.founded().consortium_id


def stands(city, key, day, *, by=None):
    """Return how an obligation stands for the institution of a person (the authority)."""
    by = by or city.authority
    with scope(by):
        found = standings(by.institution_id, day, [obligations[key]])
    return [item.state for item in found]


def test_a_young_alliance_owes_no_assessment_yet(city, alliance):
    assert stands(city, "alliance.assessment", date(2026, 7, 19)) == ["not_yet"]
    assert stands(city, "alliance.assessment", date(2026, 7, 20)) == ["due"]


def test_a_published_result_keeps_the_year(city, alliance):
    with on(2026, 12, 1):
        assess(city, alliance, 2026, 80)
    assert stands(city, "alliance.assessment", date(2026, 12, 31)) == ["kept"]
    assert stands(city, "alliance.assessment", date(2027, 12, 31)) == ["due"]
    assert stands(city, "alliance.assessment", date(2029, 1, 1)) == ["broken"]


def test_a_late_result_keeps_the_year_it_assesses_and_no_other(city, alliance):
    with on(2028, 1, 10):
        assert stands(city, "alliance.assessment", date(2028, 1, 10)) == ["broken"]
        assess(city, alliance, 2027, 80)
        assert stands(city, "alliance.assessment", date(2028, 1, 10)) == ["due"]
        (found,) = standings(city.authority.institution_id, date(2027, 12, 31), [obligations["alliance.assessment"]])
    assert (found.state, [one.label for one in found.evidence]) == ("kept", ["2027 年度考核结果（2028-01-10 公布）"])


def test_two_results_in_one_calendar_year_keep_two_years(city, alliance):
    for day, year in (((2028, 1, 10), 2027), ((2028, 12, 1), 2028)):
        with on(*day):
            assess(city, alliance, year, 80)
    for day in (date(2027, 12, 31), date(2028, 12, 31)):
        assert stands(city, "alliance.assessment", day) == ["kept"]
    assert [value("alliance.assessed", f"{year}") for year in (2026, 2027, 2028)] == [0, 100, 100]
    assert value("alliance.passed", "2026") is None


def test_lead_and_authority_see_the_duty_and_strangers_do_not(city, alliance):
    assert len(stands(city, "alliance.assessment", date(2026, 12, 1), by=city.office)) == 1
    assert stands(city, "alliance.assessment", date(2026, 12, 1), by=city.stranger) == []


def test_self_assessment_is_read_from_the_history(city, alliance):
    with on(2026, 12, 1):
        case = notified(city, alliance, 2026)
        assert stands(city, "alliance.self_assessment", date(2026, 12, 1)) == ["due"]
        city.world.take(case, "self_assess", by=city.office, self_report="见附件。", **OWN)
        assert stands(city, "alliance.self_assessment", date(2026, 12, 1)) == ["kept"]


def test_a_council_is_due_when_its_term_is_over(city, alliance):
    assert stands(city, "alliance.council", date(2026, 2, 1)) == ["due"]
    assert stands(city, "alliance.council", date(2030, 2, 1)) == ["broken"]


def test_what_nobody_records_is_unknown(city):
    Consortium.objects.create(kind="city_group", name="集团", lead=city.place(LEAD), region_id="990100",
                              founded_on=date(2025, 1, 1))  # fmt: skip
    for key in ("alliance.document_review",):
        assert stands(city, key, date(2026, 6, 1)) == ["unknown"]


def value(key, period, **extent):
    return evaluate(key, period=parse(period), **extent).value


def test_participation_counts_groups_and_communities(city):
    assert value("alliance.participation", "2026") == Decimal("0.00")
    grid = Grid.objects.create(name="北岭网格")
    grid.regions.set(["990121"])
    community = Consortium.objects.create(
        kind="county_community", name="北岭医共体", lead=city.place(MEMBER), grid=grid, founded_on=date(2025, 1, 1)
    )
    community.memberships.create(institution=city.place(TOWN), since_on=date(2025, 1, 1))
    found = evaluate("alliance.participation", period=parse("2026"), consortium_id=community.pk)
    assert (found.part, found.whole, found.value) == (1, 2, Decimal("50.00"))


def test_no_private_institution_is_unknown_not_zero(city, alliance):
    assert value("alliance.private_participation", "2026") is None
    city.world.place("康宁医院", **COMPLETE | {"ownership": "private"})
    assert value("alliance.private_participation", "2026") == Decimal("0.00")


def test_grids_held_is_a_number_of_the_whole(city):
    assert value("alliance.grids_held", "2026") is None
    Grid.objects.create(name="一")
    assert value("alliance.grids_held", "2026") == Decimal("0.00")
    assert value("alliance.grids_held", "2026", institution_id=city.office.institution_id) is None


def test_assessed_and_passed(city, alliance):
    with on(2026, 12, 1):
        assess(city, alliance, 2026, 50)
    assert value("alliance.assessed", "2026") == Decimal("100.00")
    assert value("alliance.assessed", "2026-06") is None
    assert value("alliance.passed", "2026", institution_id=city.office.institution_id) == Decimal("0.00")
    assert value("alliance.passed", "2025") is None


def test_the_door_for_others(city, alliance):
    with on(2026, 12, 1):
        assess(city, alliance, 2026, 50)
        assert api.standing(alliance, date(2026, 12, 1)) == "yellow_card"
        assert str(api.standing_title("yellow_card")) == "黄牌警告"
        assert [row["year"] for row in api.results(alliance)] == [2026]
        assert {row["key"] for row in api.next_clocks(alliance, date(2026, 12, 1))} >= {"assessment", "council"}
        assert not api.wears_plaque(city.place(MEMBER).pk, alliance, date(2026, 12, 1))
        assert api.banned_until(city.place(LEAD).pk, "03.04") is None
        assert [row["name"] for row in api.uncovered_counties(date(2026, 12, 1))] == ["东湖区", "北岭县", "云山县"]
        assert api.grid_map(date(2026, 12, 1)) == []
    assert city.place(CITY_OFFICE).is_authority
