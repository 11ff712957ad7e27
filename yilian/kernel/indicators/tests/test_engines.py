"""PostgreSQL and DuckDB say what plain Python says, to the last unit: on rows full of traps and on random ones."""

from dataclasses import replace
from datetime import date, datetime
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from yilian.kernel.indicators.conforming import FACT, MONTHS, Trial, as_lake, as_tables, differences, trial
from yilian.kernel.indicators.engines import duck
from yilian.kernel.indicators.engines.believing import trusted
from yilian.kernel.indicators.engines.duck import DuckEngine
from yilian.kernel.indicators.engines.postgres import PostgresEngine
from yilian.kernel.indicators.engines.question import CONSORTIUM, INSTITUTION, EngineError, Question
from yilian.kernel.indicators.parsing import parse
from yilian.kernel.indicators.reference import carried_out
from yilian.kernel.indicators.typing_rules import Vocabulary

pytestmark = pytest.mark.exhaustive

SMALL = st.integers(-3, 3)
MOMENTS = st.datetimes(datetime(2024, 2, 27), datetime(2024, 3, 2)).map(lambda at: at.replace(microsecond=0))
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "here": st.one_of(st.none(), st.integers(1, 3)), "there": st.one_of(st.none(), st.integers(1, 4)),
            "consortium": st.none(), "month": st.sampled_from(list(MONTHS)), "row_key": st.just("k"),
            "who": st.one_of(st.none(), st.integers(1, 4)), "number": st.one_of(st.none(), SMALL),
            "code": st.one_of(st.none(), st.sampled_from(["", "A", "AB", "医", "b' or"])),
            "other": st.one_of(st.none(), st.integers(-(2**40), 2**40)), "flag": st.one_of(st.none(), st.booleans()),
            "begun_at": st.one_of(st.none(), MOMENTS), "ended_at": st.one_of(st.none(), MOMENTS),
            "since_on": st.one_of(st.none(), st.dates(date(2024, 2, 27), date(2024, 3, 2))),
            "until_on": st.one_of(st.none(), st.dates(date(2024, 2, 27), date(2024, 3, 2))),
        }
    ), max_size=25,
)  # fmt: skip
SIGN = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
ATOMS = st.one_of(
    st.just("flag"),
    st.sampled_from([column.name for column in FACT.columns]).map("is_known({})".format),
    st.builds("number {} {}".format, SIGN, SMALL),
    st.builds("number + other {} number - {}".format, SIGN, st.integers(0, 3)),
    st.builds("begun_at {} ended_at + minutes({})".format, SIGN, st.integers(0, 3000)),
    st.builds("ended_at {} begun_at + days({})".format, SIGN, st.integers(0, 3)),
    st.builds("until_on {} since_on + days({})".format, SIGN, st.integers(0, 3)),
    st.builds("number in [{}, {}]".format, SMALL, SMALL),
    st.sampled_from(['code == "A"', 'code != "AB"', 'prefix(code, 1) == "A"', 'code in ["A", "b\' or"]']),
    st.builds("institution.tier {} {}".format, SIGN, st.integers(1, 2)),
    st.builds("there.tier {} {}".format, SIGN, st.integers(1, 2)),
)
CONDITIONS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        inner.map("not ({})".format), st.builds("({} and {})".format, inner, inner),
        st.builds("({} or {})".format, inner, inner),
    ), max_leaves=5,
)  # fmt: skip
AGGREGATES = st.builds(
    lambda text, where: text.replace("?", f"where={where}"),
    st.sampled_from(["count(?)", "sum(other, ?)", "sum(number - other, ?)", "distinct(who, ?)", "distinct(code, ?)"]),
    CONDITIONS,
)


def tables_of(tried):
    with connection.cursor() as cursor:
        as_tables(tried, lambda sql, rows: cursor.executemany(sql, rows) if "%s" in sql else cursor.execute(sql))


@pytest.mark.django_db
def test_both_engines_pass_what_they_must_pass_before_they_are_believed(tmp_path):
    tried = trial()
    assert differences(DuckEngine(as_lake(tried, tmp_path)), tried) == []
    tables_of(tried)
    assert differences(PostgresEngine(), tried) == []


@pytest.mark.django_db
@given(rows=ROWS, texts=st.lists(AGGREGATES, min_size=1, max_size=8))
@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_random_formulas_over_random_rows_come_to_the_same(tmp_path, rows, texts):
    trees = tuple(dict.fromkeys(parse(text, Vocabulary(FACT, "here")) for text in texts))
    tried = Trial(rows, {1: 1, 2: 2, 3: None}, trees)
    assert differences(DuckEngine(as_lake(tried, tmp_path)), tried) == []
    with transaction.atomic():
        tables_of(tried)
        assert differences(PostgresEngine(), tried) == []
        transaction.set_rollback(True)


def test_many_rows_are_told_apart_span_by_span_and_come_to_the_same(tmp_path, monkeypatch):
    tried = trial()
    few = replace(tried, rows=[row for row in tried.rows if (row["who"] or 0) < 100])
    question = Question(FACT, "here", tried.trees, MONTHS)
    engine = DuckEngine(as_lake(few, tmp_path))
    at_once = sorted(engine.answer(question))
    monkeypatch.setattr(duck, "ROWS_AT_ONCE", 1)
    asked = []
    monkeypatch.setattr(engine, "_rows", lambda portion, ask=engine._rows: asked.append(portion) or ask(portion))
    assert sorted(engine.answer(question)) == at_once
    assert [set(portion.months.values()) for portion in asked] == [{202410}, {202501}]


FED = replace(FACT, view="")
"""The fact of the trial as if its rows were fed: then members say where they count."""
MEMBERS = [(1, 7, 202412), (1, 7, 202501), (2, 7, 202501), (2, 8, 202502), (3, 8, 202502)]
TOLD_APART = ("distinct(who)", "distinct(who, where=flag)", "distinct(code)", "count(where=flag)")


@pytest.mark.parametrize("by", [(INSTITUTION,), (CONSORTIUM,), (INSTITUTION, CONSORTIUM)])
@given(rows=ROWS)
@settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_different_values_of_long_and_short_spans_are_those_of_plain_python(tmp_path, by, rows):
    engine = DuckEngine(as_lake(Trial(rows, {}, ()), tmp_path))
    trees = tuple(parse(text, Vocabulary(FED, "here")) for text in TOLD_APART)
    for months in (MONTHS, {month: month for month in MONTHS}):
        asked = Question(FED, "here", trees, months, by, MEMBERS if CONSORTIUM in by else ())
        groups = dict[tuple, list]()
        for row in rows:
            circles = [circle for place, circle, month in MEMBERS if (place, month) == (row["here"], row["month"])]
            for circle in circles if CONSORTIUM in by else [None]:
                place = row["here"] if INSTITUTION in by else None
                if row["here"] is not None:
                    groups.setdefault((place, circle, months[row["month"]]), []).append(row)
        wanted = {(*group, tuple(carried_out(tree, held) for tree in trees)) for group, held in groups.items()}
        assert set(engine.answer(asked)) == wanted


def test_more_conditions_than_a_number_has_bits_are_all_kept_apart(tmp_path):
    tried = trial([f"count(where=number == {number})" for number in range(-70, 70)])
    few = replace(tried, rows=[row for row in tried.rows if (row["who"] or 0) < 100])
    assert differences(DuckEngine(as_lake(few, tmp_path)), few) == []


def test_an_engine_that_counts_otherwise_is_told_on():
    tried = Trial([row for row in trial().rows if row["month"] == 202412], {}, trial().trees[:2])
    lying = SimpleNamespace(answer=lambda question: [(1, None, 202410, (1, 2))])
    said = differences(lying, tried)
    assert any(line.startswith("1 202410") for line in said)
    assert len(said) > 2


def test_an_engine_is_tried_once_for_each_version(tmp_path, settings):
    settings.LAKE_FOLDER, settings.INDICATOR_ENGINE = tmp_path, "duckdb"
    engine, _lake = trusted()
    assert engine.name == "DuckDB"
    held = (tmp_path / "believed.json").read_text()
    assert "DuckDB 1.5" in held
    trusted()
    assert (tmp_path / "believed.json").read_text() == held


def test_an_engine_that_nobody_knows_is_named(settings):
    settings.INDICATOR_ENGINE = "oracle"
    with pytest.raises(EngineError, match="oracle"):
        trusted()
