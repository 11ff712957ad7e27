"""Every fact with a view has the columns it declares, of the kinds it declares, behind the wall of its rows."""

import re

import pytest
from django.db import connection

from yilian.kernel.lake.fact import Fact, Kind, facts

OF_KIND = {
    Kind.INT: {"integer", "bigint"},
    Kind.BOOL: {"boolean"},
    Kind.CODE: {"text"},
    Kind.DATE: {"date"},
    Kind.MOMENT: {"timestamp without time zone"},
    Kind.IDENTITY: {"bigint"},
}
FIXED = {"month": {"integer"}, "row_key": {"text"}, "consortium": {"integer"}, "row_age": {"integer"}}
VIEWS = [fact for fact in facts if not fact.is_fed]


@pytest.mark.parametrize("fact", VIEWS, ids=lambda fact: fact.key)
def test_a_view_has_the_columns_of_its_fact(fact: Fact, db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select attname, format_type(atttypid, null) from pg_attribute"
            " where attrelid = %s::regclass and attnum > 0",
            [fact.view],
        )
        found = dict(cursor.fetchall())
    wanted = {column.name: OF_KIND[column.kind] for column in fact.columns} | FIXED
    wanted |= {name: {"integer"} for name in fact.institutions}
    assert set(found) == set(wanted)
    assert {name: kind for name, kind in found.items() if kind not in wanted[name]} == {}


@pytest.mark.parametrize("fact", VIEWS, ids=lambda fact: fact.key)
def test_a_view_shows_what_its_reader_sees_and_no_more(fact: Fact, db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select reloptions from pg_class where oid = %s::regclass", [fact.view])
        (options,) = cursor.fetchone()
    assert any(option.startswith("security_invoker=") and option[17:] in ("true", "on") for option in options)


@pytest.mark.parametrize("fact", list(facts), ids=lambda fact: fact.key)
def test_names_of_a_fact_are_words_an_engine_can_read(fact: Fact) -> None:
    names = [*fact.names, *fact.institutions]
    assert len(names) == len(set(names))
    assert [name for name in names if not re.fullmatch("[a-z][a-z_]*", name) or name in FIXED] == []
    codes = [code for column in fact.columns for code in column.choices]
    assert [code for code in codes if not code.isascii()] == []
