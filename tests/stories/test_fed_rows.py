"""The rows of the lake behind a number: for those who fed them, as many as were counted, and for nobody else."""

import random
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from types import SimpleNamespace

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from tests.world import AUTHORITY, CITY, COUNTY, ELSEWHERE, TOWNSHIP
from yilian.domains.encounter.star import ENCOUNTER, FED, ORDER
from yilian.kernel.access.scope import scope
from yilian.kernel.clock import standing_at
from yilian.kernel.clock.periods import parse
from yilian.kernel.indicators import catalogue
from yilian.kernel.indicators.computing import compute
from yilian.kernel.indicators.engines.duck import DuckEngine
from yilian.kernel.indicators.indicator import Extent, indicators
from yilian.kernel.indicators.models import Definition
from yilian.kernel.indicators.own_rows import RowsClosedError, open_rows
from yilian.kernel.lake.columns import schema_of
from yilian.kernel.lake.fact import Kind, facts
from yilian.kernel.lake.manifest import NAME, Manifest, Part, write_manifest
from yilian.kernel.lake.writing import write_empty
from yilian.registry.models import Consortium, Membership

NOW = datetime(2026, 4, 2, 2, tzinfo=UTC)
VISITS, STAY, PRIMARY = "service.visits", "service.stay_days", "service.primary_share"
SHIPPED = [item for item in indicators if item.formula and facts[item.formula.fact].is_fed]
MONTHS = (202601, 202602, 202603)
CODES = {"diagnosis": ("I10.x00", "E11.900", "J18.900", "O80.000"), "home": ("420102", "420111", "110101")}


class Lake:
    """The lake of the installation, written by hand: every month of a fact is one file."""

    def __init__(self, folder):
        self.folder, self.parts, self.written = folder, {}, 0
        for fact in facts:
            write_empty(fact, folder)

    def put(self, fact, month, *rows):
        """Keep rows {column: value}; what is not said is unknown, the institution stands in `institution`."""
        self.written += 1
        schema, name = schema_of(fact), f"{fact.key}/{month}-{self.written}.parquet"
        given = [
            {"month": month, "row_key": f"{row['institution']}:{fact.key}{self.written}-{number}"} | row
            for number, row in enumerate(rows)
        ]
        arrays = {each: pa.array([row.get(each) for row in given], schema.field(each).type) for each in schema.names}
        pq.write_table(pa.table(arrays).cast(schema), self.folder / name)
        self.parts[fact.key, month] = Part(fact.key, month, name, len(rows), 0)
        write_manifest(self.manifest)

    @property
    def manifest(self):
        return Manifest(parts=tuple(self.parts.values()), folder=self.folder)

    def count(self, at=NOW):
        with standing_at(at):
            assert not compute(DuckEngine(self.manifest), self.manifest).failure


@pytest.fixture
def lake(settings, tmp_path):
    settings.LAKE_FOLDER = tmp_path
    with standing_at(NOW):
        yield Lake(tmp_path)


@pytest.fixture
def group(world):
    """The county leads a community with the township; the city is outside, the authority above them all."""
    county, township, city = (world.place(name) for name in (COUNTY, TOWNSHIP, CITY))
    named = {"kind": "county_community", "name": "县医共体"}
    found = Consortium.objects.create(**named, lead=county, founded_on=date(2025, 1, 1))
    for place, role in ((county, "lead"), (township, "member")):
        Membership.objects.create(consortium=found, institution=place, role=role, since_on=date(2025, 1, 1))
    return SimpleNamespace(pk=found.pk, county=county.pk, township=township.pk, city=city.pk)


def drawn(column, draw):
    """Return a random value of a column, or None."""
    if draw.random() < 0.15:
        return None
    start = datetime(2026, 1, 1) + timedelta(minutes=draw.randrange(90 * 1440))
    codes = CODES.get(column.name) or [*column.choices] or ["x1", "x2"]
    return {
        Kind.INT: draw.randrange(0, 5), Kind.BOOL: draw.random() < 0.5, Kind.CODE: draw.choice(codes),
        Kind.DATE: start.date(), Kind.MOMENT: start, Kind.IDENTITY: draw.randrange(9),
    }[column.kind]  # fmt: skip


def test_as_many_rows_are_listed_as_were_counted_by_every_shipped_formula(world, group, lake):
    draw, places = random.Random(17), (group.county, group.township, group.city)
    for fact in FED:
        for month in MONTHS:
            rows = [
                {"institution": draw.choice(places)} | {name: draw.choice(places) for name in [*fact.institutions][1:]}
                | {column.name: drawn(column, draw) for column in fact.columns} for _row in range(120)
            ]  # fmt: skip
            lake.put(fact, month, *rows)
    lake.count()
    actor, listed = world.person("quality", at=TOWNSHIP), 0
    with scope(actor):
        for item in SHIPPED:
            for of_part in (True, False):
                rows = open_rows(item.key, Extent(parse("2026Q1"), group.township), actor, of_part=of_part)
                then, _at = rows.then()
                assert rows.now() == then, item.key
                assert len(rows.page(0, 1000)) == rows.count
                if rows.tree.of is None:
                    counted = then[0 if of_part or not item.formula.whole else 1]
                    assert rows.count + rows.fed_by_others == counted, item.key
                    listed += rows.count
    assert listed > 1000


def visits(lake, group, *, more=()):
    kinds = {"visit_type": "outpatient", "start_at": datetime(2026, 3, 2, 8), "end_at": datetime(2026, 3, 2, 9)}
    own = [{"institution": group.township, "row_key": f"{group.township}:MZ{n:03d}"} for n in range(25)]
    others = [{"institution": group.county, "row_key": f"{group.county}:SECRET{n}"} for n in range(3)]
    lake.put(ENCOUNTER, 202603, *(kinds | {"patient": 77} | row for row in [*own, *others, *more]))


@pytest.fixture
def asked(world, client, group, lake):
    """Return a function that opens the page of a number, or its file, as somebody."""
    visits(lake, group)
    lake.count()

    def ask(place, role="quality", scope_key="own", path="", **query):
        client.force_login(world.user(role, at=place))
        words = {"period": "2026-03", "scope": scope_key, **query}
        return client.get(f"/indicators/{VISITS}/{path}", words)

    return ask


def test_whoever_fed_them_reads_rows_page_by_page_and_takes_them_along(asked):
    first, second = (asked(TOWNSHIP, **{"from": start}).content.decode() for start in (0, 20))
    assert "本机构报送的记录 25 条" in first
    assert "MZ024 · 2026-03" in first
    assert "就诊类别 门诊" in first
    assert "MZ004 · 2026-03" not in first
    assert "MZ004 · 2026-03" in second
    assert "SECRET" not in first + second
    file = asked(TOWNSHIP, path="rows.xlsx")
    lines = CalamineWorkbook.from_filelike(BytesIO(file.content)).get_sheet_by_index(0).to_python()
    assert lines[0][:3] == ["流水号", "月份", "就诊类别"]
    assert [line[0] for line in lines[1:]] == [f"MZ{n:03d}" for n in range(24, -1, -1)]


@pytest.mark.parametrize("role", ["registrar", "office", "director", "admin"])
def test_those_who_answer_for_the_reports_read_them_and_a_doctor_does_not(asked, role):
    assert "MZ024" in asked(TOWNSHIP, role).content.decode()
    refused = asked(TOWNSHIP, "doctor").content.decode()
    assert "逐条记录只给报送它的机构里这些岗位的人看" in refused
    assert "MZ0" not in refused
    assert asked(TOWNSHIP, "doctor", path="rows.xlsx").status_code == 404


def test_peer_lead_authority_and_stranger_see_no_row_of_others_by_any_exit(asked, group, world):
    world.authority()
    for place, role in ((COUNTY, "office"), (CITY, "quality"), (AUTHORITY, "authority"), (ELSEWHERE, "director")):
        for key in ("own", "all", f"at{group.township}", str(group.pk)):
            page = asked(place, role, key)
            file = asked(place, role, key, "rows.xlsx")
            assert "MZ0" not in page.content.decode(), (place, key)
            is_lead = place == COUNTY and not key.startswith("at")
            assert file.status_code == (200 if is_lead else 404), (place, key)
            assert b"MZ0" not in file.content


def test_the_lead_reads_a_sentence_instead_of_rows_of_a_member(asked, group):
    shown = asked(COUNTY, "office", f"at{group.township}").content.decode()
    assert "其他机构患者的记录不显示" in shown
    together = asked(COUNTY, "office", str(group.pk)).content.decode()
    assert "本机构报送的记录 3 条" in together


def test_rows_corrected_since_the_count_are_told_and_a_lost_lake_too(asked, lake, group):
    assert "此刻数据湖里数得" not in asked(TOWNSHIP).content.decode()
    new = {"institution": group.township, "row_key": f"{group.township}:MZ900"}
    visits(lake, group, more=[new])
    shown = asked(TOWNSHIP).content.decode()
    assert "此刻数据湖里数得 26，2026-04-02 10:00 统计的数是 25" in shown
    (lake.folder / lake.parts["encounter", 202603].file).unlink()
    assert "数据湖此刻读不到" in asked(TOWNSHIP).content.decode()
    (lake.folder / NAME).unlink()
    assert "此刻数据湖里数得 无数据" in asked(TOWNSHIP).content.decode()


def adopted(monkeypatch, group, fact, at, part, since):
    row = Definition(
        key=VISITS, consortium_id=group.pk, since_month=since, title="本地口径", unit="人次", direction="none",
        fact=fact, at=at, part=part,
    )  # fmt: skip
    monkeypatch.setattr(catalogue, "_rows", lambda: (row,))


def test_a_definition_of_the_consortium_applies_from_its_month_on(world, lake, group, monkeypatch):
    adopted(monkeypatch, group, "encounter", "institution", 'count(where=visit_type == "inpatient")', 202603)
    for month in (202602, 202603):
        kinds = ("outpatient", "outpatient", "inpatient")
        lake.put(ENCOUNTER, month, *({"institution": group.township, "visit_type": kind} for kind in kinds))
    lake.count()
    actor = world.person("office", at=TOWNSHIP)
    with scope(actor):
        rows = {
            label: open_rows(VISITS, Extent(parse(label), group.township, group.pk), actor, of_part=True)
            for label in ("2026-02", "2026-03", "2026Q1")
        }
        assert {label: (each.count, each.is_whole) for label, each in rows.items()} == {
            "2026-02": (2, True), "2026-03": (1, True), "2026Q1": (1, False),
        }  # fmt: skip
        assert [rows[label].then()[0][0] for label in ("2026-02", "2026-03")] == [2, 1]


def test_rows_that_count_here_but_were_fed_elsewhere_are_counted_and_not_shown(world, lake, group, monkeypatch):
    adopted(monkeypatch, group, "order", "resulting", "count()", 202601)
    here = {"resulting": group.county, "category": "lab"}
    lake.put(ORDER, 202603, here | {"institution": group.county}, here | {"institution": group.township})
    lake.count()
    actor = world.person("office", at=COUNTY)
    with scope(actor):
        rows = open_rows(VISITS, Extent(parse("2026-03"), group.county, group.pk), actor, of_part=True)
        assert (rows.count, rows.fed_by_others, rows.now()[0], rows.then()[0][0]) == (1, 1, 2, 2)
        assert len(rows.page(0, 20)) == 1


def test_nobody_reads_rows_of_a_fact_that_names_no_readers(world, lake, group, monkeypatch):
    monkeypatch.setitem(facts._items, "encounter", SimpleNamespace(key="encounter", readers=()))
    actor = world.person("office", at=TOWNSHIP)
    with scope(actor), pytest.raises(RowsClosedError):
        open_rows(VISITS, Extent(parse("2026-03"), group.township), actor, of_part=True)
