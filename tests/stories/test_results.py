"""Stored results: read by one statement, added up where allowed, unknown where nothing is, and walled."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import ProgrammingError, transaction

from tests.world import AUTHORITY, CITY, COUNTY, ELSEWHERE, TOWNSHIP
from yilian.kernel.access.scope import scope
from yilian.kernel.clock import standing_at
from yilian.kernel.clock.periods import parse
from yilian.kernel.indicators.evaluation import evaluate
from yilian.kernel.indicators.formula import Formula
from yilian.kernel.indicators.indicator import Direction, Indicator, indicators
from yilian.kernel.indicators.models import Measured
from yilian.kernel.indicators.results import last_refreshed, series, totals
from yilian.kernel.indicators.storing import Result, store
from yilian.kernel.lake.fact import Column, Fact, Kind, facts
from yilian.registry.models import Consortium, Membership, Region
from yilian.registry.regulations import S4

AT = datetime(2026, 7, 1, 2, tzinfo=UTC)
FACT = Fact("visit", "就诊", (Column("who", Kind.IDENTITY, "患者"),), {"hospital": "医院"})
OURS = Fact("talk", "会诊", (), {"hospital": "医院"}, view="fact_talk")
SHARE, HEADS, TALKS = "test.share", "test.heads", "test.talks"
MEMBERSHIP_SINCE = date(2020, 1, 1)


@pytest.fixture(autouse=True)
def declared(monkeypatch):
    monkeypatch.setattr(facts, "_items", {"visit": FACT, "talk": OURS})
    monkeypatch.setattr(indicators, "_items", {})
    for key, formula, unit in (
        (SHARE, Formula("visit", "hospital", "count(where=is_known(who))", "count()"), "%"),
        (HEADS, Formula("visit", "hospital", "distinct(who)"), "人"),
        (TALKS, Formula("talk", "hospital", "count()"), "次"),
    ):
        indicators.add(Indicator(key, key, unit, Direction.UP, S4.article("3.2.5"), formula=formula))


@pytest.fixture
def cast(world):
    """Three members of a group led by the city, somebody outside, and numbers of three months."""
    seat = world.authority().region
    county = Region.objects.create(code="420106", name="武山区", level=3, parent=seat)
    places = {name: world.place(name, region=county) for name in (CITY, COUNTY, TOWNSHIP)}
    places[ELSEWHERE] = world.place(ELSEWHERE)
    group = Consortium.objects.create(
        kind="city_group", name="江城医疗集团", lead=places[CITY], founded_on=MEMBERSHIP_SINCE, region=seat
    )
    for name in (CITY, COUNTY, TOWNSHIP):
        role = "lead" if name == CITY else "member"
        Membership.objects.create(consortium=group, institution=places[name], role=role, since_on=MEMBERSHIP_SINCE)
    for month in (1, 2, 3):
        keep(*(row(SHARE, places[name], month, part, 10) for name, part in ((CITY, 5), (COUNTY, 4), (ELSEWHERE, 9))))
    return {name: place.pk for name, place in places.items()} | {"group": group.pk}


def row(key, place, month, part, whole=None, **more):
    given = {"institution_id": place.pk if place else None, "consortium_id": None} | more
    return Result(key=key, month=date(2026, month, 1), part=part, whole=whole, digest=b"d", **given)


def keep(*rows):
    return store(rows, covers={row.key for row in rows}, months={row.month for row in rows}, at=AT)


@pytest.fixture
def office(world, cast):
    with scope(world.person("office", at=CITY)), standing_at(AT):
        yield


@pytest.mark.usefixtures("office")
def test_months_add_up_and_what_is_missing_is_said(cast, django_assert_num_queries):
    places = [cast[CITY], cast[TOWNSHIP]]
    with django_assert_num_queries(1):
        found = totals([SHARE], institution_ids=places, period=parse("2026H1"))[SHARE]
    known, unknown = found[cast[CITY]], found[cast[TOWNSHIP]]
    assert (known.value, known.part, known.whole) == (Decimal(50), 15, 30)
    assert (known.months_covered, known.months_missing, known.as_of) == (3, 3, AT)
    assert (unknown.value, unknown.months_missing) == (None, 6)
    assert evaluate(SHARE, cast[CITY], period=parse("2026H1")).value == 50


@pytest.mark.usefixtures("office")
def test_a_series_has_the_months_that_are_stored(cast, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = series([SHARE, TALKS], institution_ids=[cast[COUNTY]], period=parse("2026"))
    assert [(point.month.month, point.value) for point in found[SHARE][cast[COUNTY]]] == [(1, 40), (2, 40), (3, 40)]
    assert found[TALKS] == {}


@pytest.mark.usefixtures("office")
def test_all_that_is_seen_together_is_added_up(cast):
    assert totals([SHARE], period=parse("2026Q1"))[SHARE][None].part == 27
    assert [point.part for point in series([SHARE], period=parse("2026Q1"))[SHARE][None]] == [9, 9, 9]


@pytest.mark.usefixtures("office")
def test_different_patients_are_known_for_the_span_they_were_counted_for(cast, world):
    city = world.place(CITY)
    keep(row(HEADS, city, 1, 8), row(HEADS, city, 2, 8), row(HEADS, city, 1, 11, months=3))
    found = [totals([HEADS], institution_ids=[city.pk], period=parse(text))[HEADS][city.pk]
             for text in ("2026-01", "2026Q1", "2026H1")]  # fmt: skip
    assert [total.value for total in found] == [8, 11, None]
    assert totals([HEADS], period=parse("2026Q1"))[HEADS][None].value is None


@pytest.mark.usefixtures("office")
def test_what_was_done_in_the_consortium_is_told_apart(cast, world):
    city, group = world.place(CITY), cast["group"]
    inside = {"consortium_id": group}
    keep(row(TALKS, city, 1, 7), row(TALKS, city, 1, 3, **inside), row(TALKS, None, 1, 4, **inside))
    january = parse("2026-01")
    assert totals([TALKS], institution_ids=[city.pk], period=january)[TALKS][city.pk].part == 7
    assert totals([TALKS], institution_ids=[city.pk], consortium_id=group, period=january)[TALKS][city.pk].part == 3
    assert totals([TALKS], consortium_id=group, period=january)[TALKS][None].part == 4
    within = totals([SHARE], institution_ids=[city.pk], consortium_id=group, period=january)
    assert within[SHARE][city.pk].part == 5


@pytest.mark.parametrize(
    ("role", "at", "seen"),
    [
        ("doctor", CITY, {CITY}),
        ("office", CITY, {CITY, COUNTY}),
        ("director", COUNTY, {COUNTY}),
        ("office", ELSEWHERE, {ELSEWHERE}),
        ("authority", AUTHORITY, {CITY, COUNTY}),
    ],
)
def test_each_reads_its_own_results_and_those_it_watches(world, cast, role, at, seen):
    with scope(world.person(role, at=at)):
        found = set(Measured.objects.values_list("institution__name", flat=True))
    assert found == seen


def test_nobody_writes_past_the_door_and_a_second_run_leaves_one_row(world, cast):
    city = world.place(CITY)
    keep(row(SHARE, city, 1, 6, 10))
    with scope(world.person("office", at=CITY)):
        january = Measured.objects.filter(key=SHARE, month=date(2026, 1, 1))
        assert [found.part for found in january.filter(institution=city)] == [6]
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            january.update(part=1)


def test_what_a_later_run_no_longer_finds_is_gone(world, cast):
    city, later = world.place(CITY), datetime(2026, 7, 2, tzinfo=UTC)
    store([row(SHARE, city, 1, 1, 2)], covers=[SHARE], months=[date(2026, 1, 1)], at=later)
    with scope(world.person("office", at=CITY)):
        rows = Measured.objects.filter(key=SHARE).values_list("month__month", "institution__name")
        assert set(rows) == {(1, CITY), (2, COUNTY), (2, CITY), (3, COUNTY), (3, CITY)}


@pytest.mark.django_db
def test_before_the_first_run_nothing_was_refreshed():
    assert last_refreshed() is None
