"""Counting what is stale: by month, institution and consortium; again only where something changed; whole or not."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.world import CITY, COUNTY, TOWNSHIP
from yilian.kernel.access.scope import scope
from yilian.kernel.clock import standing_at
from yilian.kernel.clock.periods import parse
from yilian.kernel.indicators.computing import compute
from yilian.kernel.indicators.engines.duck import DuckEngine
from yilian.kernel.indicators.engines.question import EngineError
from yilian.kernel.indicators.formula import Formula
from yilian.kernel.indicators.indicator import Direction, Indicator, indicators
from yilian.kernel.indicators.models import Measured
from yilian.kernel.indicators.results import last_refreshed, totals
from yilian.kernel.lake.columns import schema_of
from yilian.kernel.lake.fact import Column, Fact, Kind, facts
from yilian.kernel.lake.manifest import Manifest, Part
from yilian.registry.models import Consortium, Membership
from yilian.registry.regulations import S4

NOW = datetime(2026, 4, 2, 2, tzinfo=UTC)
VISIT = Fact(
    "visit",
    "就诊",
    (Column("who", Kind.IDENTITY, "患者"), Column("cost", Kind.INT, "费用（分）")),
    {"hospital": "医院"},
)
TALK = Fact("talk", "会诊", (Column("kept", Kind.BOOL, "如期"),), {"hospital": "医院"}, view="fact_talk")
VISITS, COST, HEADS, KEPT = "t.visits", "t.cost", "t.heads", "t.kept"


def declare(key, formula, unit="次", **more):
    return indicators.add(Indicator(key, key, unit, Direction.UP, S4.article("3.2.5"), formula=formula, **more))


class Lake:
    """A lake that grows by hand: each month of a fact is one file, written under a new name when it changes."""

    def __init__(self, folder):
        self.folder, self.parts, self.written = folder, {}, 0

    def put(self, fact, month, *rows):
        self.written += 1
        schema, name = schema_of(fact), f"{fact.key}-{month}-{self.written}.parquet"
        names = [*fact.institutions, *(["consortium"] if fact.view else []), *fact.names]
        given = [dict(zip(names, row, strict=True)) | {"month": month, "row_key": str(n)} for n, row in enumerate(rows)]
        arrays = {each: pa.array([row.get(each) for row in given], schema.field(each).type) for each in schema.names}
        pq.write_table(pa.table(arrays).cast(schema), self.folder / name)
        self.parts[fact.key, month] = Part(fact.key, month, name, len(rows), 0)

    def drop(self, fact, month):
        del self.parts[fact.key, month]

    @property
    def manifest(self):
        return Manifest(parts=tuple(self.parts.values()), folder=self.folder)

    def count(self, at=NOW, engine=None):
        with standing_at(at):
            return compute(engine or DuckEngine(self.manifest), self.manifest)


@pytest.fixture
def places(world, monkeypatch):
    """The city leads a group from the start; the township joins it in March; the county never does."""
    monkeypatch.setattr(facts, "_items", {"visit": VISIT, "talk": TALK, "institution": facts["institution"]})
    monkeypatch.setattr(indicators, "_items", {})
    city, county, township = (world.place(name) for name in (CITY, COUNTY, TOWNSHIP))
    group = Consortium.objects.create(kind="city_group", name="集团", lead=city, founded_on=date(2025, 1, 1))
    for place, role, since in ((city, "lead", date(2025, 1, 1)), (township, "member", date(2026, 3, 10))):
        Membership.objects.create(consortium=group, institution=place, role=role, since_on=since)
    declare(VISITS, Formula("visit", "hospital", "count()"))
    declare(COST, Formula("visit", "hospital", "sum(cost)", "count()"), "元", over=100)
    declare(HEADS, Formula("visit", "hospital", "distinct(who)"), "人")
    declare(KEPT, Formula("talk", "hospital", "count(where=kept)", "count()"), "%")
    return SimpleNamespace(city=city.pk, county=county.pk, township=township.pk, group=group.pk)


@pytest.fixture
def lake(places, tmp_path):
    """January and March were fed; February was fed by the city alone. Talks happened in January only."""
    lake = Lake(tmp_path)
    lake.put(VISIT, 202601, (places.city, 1, 1000), (places.city, 2, 501), (places.township, 1, 300))
    lake.put(VISIT, 202602, (places.city, 2, None))
    lake.put(VISIT, 202603, (places.city, 2, 100), (places.township, 2, 200), (places.township, 3, 700))
    lake.put(TALK, 202601, (places.city, places.group, True), (places.city, None, False))
    return lake


def numbers(key, **at):
    """Return the stored numbers of an indicator as {(institution, consortium, month, months): (part, whole)}."""
    rows = Measured.objects.filter(key=key, **at)
    found = rows.values_list("institution_id", "consortium_id", "month", "months", "part", "whole")
    return {(place, group, f"{month:%Y-%m}", months): pair for place, group, month, months, *pair in found}


@pytest.fixture
def office(world, places, lake):
    lake.count()
    with scope(world.person("office", at=CITY)):
        yield


@pytest.mark.usefixtures("office")
def test_months_are_counted_by_institution_and_by_those_who_were_members_then(places):
    assert numbers(VISITS, month__month=1) == {
        (places.city, None, "2026-01", 1): [2, None], (places.township, None, "2026-01", 1): [1, None],
        (None, places.group, "2026-01", 1): [2, None],
    }  # fmt: skip
    assert numbers(VISITS, month__month=3)[None, places.group, "2026-03", 1] == [3, None]


@pytest.mark.usefixtures("office")
def test_what_nobody_knows_is_unknown_and_money_is_divided_once(places):
    assert numbers(COST, month__month=2)[places.city, None, "2026-02", 1] == [None, None]
    found = totals([COST], institution_ids=[places.city], period=parse("2026Q1"))[COST][places.city]
    assert (str(found.value), found.months_covered, found.months_missing) == ("5.34", 2, 1)


@pytest.mark.usefixtures("office")
def test_different_patients_are_counted_anew_for_each_span_and_group(places):
    held = numbers(HEADS)
    assert held[places.city, None, "2026-01", 1] == [2, None]
    assert held[places.city, None, "2026-01", 3] == [2, None]
    assert held[places.township, None, "2026-01", 12] == [3, None]
    assert held[None, places.group, "2026-01", 6] == [3, None]  # the township's January was not yet the group's


@pytest.mark.usefixtures("office")
def test_where_the_rows_are_our_own_nothing_is_zero(places):
    held = numbers(KEPT)
    assert held[places.city, None, "2026-01", 1] == [1, 2]
    assert held[places.city, places.group, "2026-01", 1] == [1, 1]
    assert held[places.township, None, "2026-04", 1] == [0, 0]
    assert (places.city, None, "2026-05", 1) not in held


def test_only_what_changed_is_counted_again(lake, places):
    first = lake.count()
    assert (first.results > 0, first.failure, first.months) == (True, "", [202601, 202602, 202603, 202604])
    assert last_refreshed() == first.finished_at
    assert lake.count().results == 0
    lake.put(VISIT, 202602, (places.city, 2, 100), (places.city, 3, 100))
    again = lake.count(at=NOW + timedelta(hours=1))
    assert again.months == [202601, 202602]  # the quarter, half year and year of different patients begin in January
    declare("t.new", Formula("talk", "hospital", "count()"))
    assert lake.count(at=NOW + timedelta(hours=2)).months == [202601, 202602, 202603, 202604]


def test_a_month_that_was_taken_back_is_forgotten(world, lake, places):
    lake.count()
    lake.drop(VISIT, 202603)
    lake.count(at=NOW + timedelta(hours=1))
    with scope(world.person("office", at=CITY)):
        assert {month for _place, _group, month, _months in numbers(VISITS)} == {"2026-01", "2026-02"}


def test_another_membership_counts_the_consortium_again(world, lake, places):
    lake.count()
    Membership.objects.create(
        consortium_id=places.group, institution_id=places.county, role="member", since_on=date(2026, 4, 1)
    )
    Membership.objects.filter(institution_id=places.township).update(since_on=date(2026, 1, 1))
    lake.count(at=NOW + timedelta(hours=1))
    with scope(world.person("office", at=CITY)):
        assert numbers(VISITS)[None, places.group, "2026-01", 1] == [3, None]


def test_an_engine_that_fails_leaves_the_old_numbers_and_says_so(world, lake, places):
    lake.count()
    before = last_refreshed()

    def broken(question):
        raise EngineError("内存不足")

    lake.put(VISIT, 202601, (places.city, 9, 1))
    failed = lake.count(at=NOW + timedelta(hours=1), engine=SimpleNamespace(name="x", answer=broken))
    assert failed.failure == "visit: 内存不足"
    assert last_refreshed() == before
    with scope(world.person("office", at=CITY)):
        assert numbers(VISITS)[places.city, None, "2026-01", 1] == [2, None]
    assert lake.count(at=NOW + timedelta(hours=2)).results > 0


def test_a_broken_formula_stops_no_other(lake):
    declare("t.broken", Formula("visit", "hospital", "count(where=gone > 1)"))
    run = lake.count()
    assert "t.broken" in run.failure
    assert "没有“gone”这一列" in run.failure
    assert run.results > 0
