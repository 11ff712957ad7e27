"""Every shipped formula can be read, and DuckDB counts by it what plain Python does, on rows of every kind."""

import random
from collections import Counter
from datetime import date, datetime, timedelta

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlglot
from sqlglot import exp

from yilian.kernel.indicators.answering import batches
from yilian.kernel.indicators.catalogue import Edition
from yilian.kernel.indicators.engines.duck import DuckEngine
from yilian.kernel.indicators.engines.expressions import sql
from yilian.kernel.indicators.engines.postgres import statement
from yilian.kernel.indicators.engines.question import Question
from yilian.kernel.indicators.indicator import indicators
from yilian.kernel.indicators.planning import Work
from yilian.kernel.indicators.reference import carried_out
from yilian.kernel.indicators.typing_rules import institutions_fact
from yilian.kernel.lake.columns import schema_of
from yilian.kernel.lake.fact import Kind, facts
from yilian.kernel.lake.manifest import Manifest, Part

pytestmark = pytest.mark.exhaustive

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


ALIKE = (
    exp.Query, exp.From, exp.Join, exp.Where, exp.Group, exp.Star, exp.Subquery, exp.Identifier, exp.Table, exp.Column,
    exp.TableAlias, exp.Alias, exp.Paren, exp.Literal, exp.Null, exp.Boolean, exp.Neg, exp.Tuple, exp.Placeholder,
    exp.Connector, exp.Not, exp.Is, exp.In, exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.Case, exp.If,
    exp.Coalesce, exp.Count, exp.CountIf, exp.Distinct, exp.Sum, exp.Filter, exp.Add, exp.Sub, exp.Substring, exp.Left,
    exp.Interval, exp.Var, exp.Any, exp.Array, exp.Bracket, exp.ArrayPosition, exp.MakeInterval, exp.BitwiseAnd,
)  # fmt: skip
"""All that a statement may be made of: what engines were seen to understand alike."""
TYPES = {"INT", "BIGINT", "TEXT", "VARCHAR", "BOOLEAN", "DATE", "TIMESTAMP", "TIMESTAMPNTZ", "ARRAY", "INTERVAL"}


def outside(said: str, dialect: str) -> set[str]:
    """Return what a statement is made of that engines do not all understand alike."""
    found = set()
    for node in sqlglot.parse_one(said, dialect=dialect).walk():
        if isinstance(node, exp.DataType):
            found |= {node.this.name} - TYPES
        elif isinstance(node, exp.Anonymous):
            found.add(node.name.lower())
        elif not isinstance(node, (*ALIKE, exp.Cast, exp.Kwarg)):
            found.add(type(node).__name__)
    return found


@pytest.mark.parametrize("item", COUNTED, ids=lambda item: item.key)
def test_a_shipped_formula_keeps_to_what_engines_understand_alike(item):
    fact = facts[item.formula.fact]
    question = Question(fact, item.formula.at, item.formula.aggregates, MONTHS)
    assert not outside(sql(question, "duckdb"), "duckdb")
    assert not outside(sql(question, "pyspark"), "spark")
    if fact.view:
        assert not outside(statement(question)[0].replace("%s", "1"), "postgres")


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("select a / b from t", "Div"), ("select a % 2 from t", "Mod"), ("select round(a) from t", "Round"),
        ("select length(a) from t", "Length"), ("select avg(a) from t", "Avg"), ("select a::double from t", "DOUBLE"),
        ("select approx_count_distinct(a) from t", "ApproxDistinct"),
        ("select lead(a) over (order by b) from t", "Lead"), ("select now() from t", "now"),
        ("select levenshtein(a, b) from t", "Levenshtein"), ("select anything(a) from t", "anything"),
    ],
)  # fmt: skip
def test_what_engines_do_otherwise_is_found_out(written, names):
    assert names in outside(written, "duckdb")


def test_all_that_adds_up_over_a_source_is_one_question_a_year_and_different_people_are_another():
    months = {(year * 100 + month, 1): b"stale" for year in (2025, 2026) for month in range(1, 13)}
    asked = list(batches(Work(Edition(item), months) for item in COUNTED))
    times = Counter(work.edition.key for batch in asked for work in batch.works)
    assert set(times.values()) == {2}
    sources = Counter(
        (batch.works[0].fact.key, batch.edition.formula.at, batch.edition.formula.is_distinct, batch.spans)
        for batch in asked
    )
    assert set(sources.values()) == {1}
    for batch in asked:
        assert {work.edition.formula.is_distinct for work in batch.works} == {batch.edition.formula.is_distinct}


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
