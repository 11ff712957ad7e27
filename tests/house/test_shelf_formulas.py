"""Every shipped formula can be read, and DuckDB counts by it what plain Python does, on rows of every kind."""

import random
from datetime import date, datetime, timedelta

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from yilian.kernel.indicators.engines.duck import DuckEngine
from yilian.kernel.indicators.engines.question import Question
from yilian.kernel.indicators.indicator import indicators
from yilian.kernel.indicators.reference import carried_out
from yilian.kernel.indicators.typing_rules import institutions_fact
from yilian.kernel.lake.columns import schema_of
from yilian.kernel.lake.fact import Kind, facts
from yilian.kernel.lake.manifest import Manifest, Part

COUNTED = [item for item in indicators if item.formula]
FACTS = sorted({item.formula.fact for item in COUNTED})
PLACES = (1, 2, 3, 4)
MONTHS = {202610: 202610, 202611: 202611}
ROWS = 400


@pytest.mark.parametrize("item", COUNTED, ids=lambda item: item.key)
def test_a_shipped_formula_can_be_read_and_its_words_say_both_parts(item):
    assert item.formula.aggregates
    assert bool(item.formula.whole) == bool(str(item.whole_says))
    assert item.per == 1 or str(item.unit) == "‰"


def test_the_county_framework_is_complete_by_its_names():
    titles = {str(item.title) for item in indicators if any(key.startswith("county-") for key in item.frames)}
    assert {
        "资源统一管理", "医共体内部民主决策", "服务协同联动",
        "二级及以上医疗卫生机构中级及以上医师到基层医疗卫生机构派驻人数（人）/每万常住人口",
        "影像心电中心服务开展与心电设备村级覆盖率", "基层医疗卫生机构人均收入与牵头医院人均收入的比值",
        "县域内基层医疗卫生机构诊疗人次数占比", "医保基金县域内支出占比（不含药店）",
        "县域内基层医疗卫生机构医保基金支出占比", "参保人在县域内住院人均费用（元）及增长率",
        "参保人县域内住院人次占比", "县域内中医类诊疗量占比", "县域内慢性病健康管理人群住院率",
        "县域内四类慢性病过早死亡率",
    } <= titles  # fmt: skip
    assert len(indicators) >= 60


def drawn(column, dice):
    """Return a value that a column may hold, unknown every sixth time."""
    if dice.random() < 1 / 6:
        return None
    match column.kind:
        case Kind.BOOL:
            return dice.random() < 0.5
        case Kind.CODE:
            return dice.choice([*column.choices, "420100"])
        case Kind.DATE:
            return date(2026, 10, 1) + timedelta(days=dice.randrange(400))
        case Kind.MOMENT:
            return datetime(2026, 10, 1) + timedelta(minutes=dice.randrange(1000))
    return dice.randrange(6)


def rows_of(fact, dice):
    known = {column.name: column for column in fact.columns}
    for number in range(ROWS):
        places = {place: dice.choice([*PLACES, None]) for place in fact.institutions}
        values = {name: drawn(column, dice) for name, column in known.items()}
        yield {"month": dice.choice(list(MONTHS)), "row_key": str(number), "consortium": None, **places, **values}


def written(fact, month, rows, folder):
    schema = schema_of(fact)
    table = pa.table(
        {name: pa.array([row.get(name) for row in rows], schema.field(name).type) for name in schema.names}
    )
    pq.write_table(table, folder / f"{fact.key}-{month}.parquet")
    return Part(fact.key, month, f"{fact.key}-{month}.parquet", len(rows), 0)


@pytest.mark.parametrize("key", FACTS)
def test_duckdb_counts_by_every_shipped_formula_what_plain_python_does(key, tmp_path):
    fact, known, dice = facts[key], institutions_fact(), random.Random(key)
    rows = list(rows_of(fact, dice))
    here = {place: {column.name: drawn(column, dice) for column in known.columns} for place in PLACES}
    dimension = [{"institution": place, "month": 0, "row_key": str(place), **of} for place, of in here.items()]
    parts = [written(fact, month, [row for row in rows if row["month"] == month], tmp_path) for month in MONTHS]
    engine = DuckEngine(Manifest(parts=(*parts, written(known, 0, dimension, tmp_path)), folder=tmp_path))
    nothing = dict.fromkeys(known.names)
    seen = [
        row | {f"{p}.{name}": value for p in fact.institutions for name, value in here.get(row[p], nothing).items()}
        for row in rows
    ]
    formulas = [item.formula for item in COUNTED if item.formula.fact == key]
    for at in {formula.at for formula in formulas}:
        trees = tuple(dict.fromkeys(tree for each in formulas if each.at == at for tree in each.aggregates))
        found = {
            (place, month): numbers for place, _none, month, numbers in engine.answer(Question(fact, at, trees, MONTHS))
        }
        groups = {(row[at], row["month"]) for row in rows if row[at] is not None}
        wanted = {
            group: tuple(carried_out(tree, [row for row in seen if (row[at], row["month"]) == group]) for tree in trees)
            for group in groups
        }
        assert found == wanted
        assert any(any(numbers) for numbers in found.values())
