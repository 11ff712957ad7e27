"""The row scope: what PostgreSQL is told, how often, and what is undone when something is raised inside."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from django.db import connection
from django.db.transaction import TransactionManagementError

from yilian.kernel.access.actor import system_actor
from yilian.kernel.access.scope import all_or_nothing, part, scope

pytestmark = pytest.mark.django_db
HERE, THERE = system_actor("一", 1), system_actor("二", 2)


def shown() -> str:
    """Return which institutions' rows PostgreSQL shows now."""
    with connection.cursor() as cursor:
        cursor.execute("select coalesce(current_setting('app.institutions', true), '')")
        return cursor.fetchone()[0]


@contextmanager
def listening() -> Iterator[list[str]]:
    sent: list[str] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        sent.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield sent


def test_each_scope_shows_its_own_and_the_one_around_comes_back():
    with scope(HERE):
        with scope(THERE):
            assert shown() == "{2,-2}"
            with scope(None):
                assert shown() == ""
            assert shown() == "{2,-2}"
        with scope(HERE):
            assert shown() == "{1,-1}"
        assert shown() == "{1,-1}"
    assert shown() == ""


def test_what_is_raised_inside_brings_the_scope_around_back():
    with scope(HERE):
        with suppress(ValueError), scope(THERE), scope(THERE):
            raise ValueError
        assert shown() == "{1,-1}"
        with scope(THERE):
            assert shown() == "{2,-2}"
    assert shown() == ""


def test_the_same_scope_again_asks_nothing():
    with scope(HERE), listening() as sent:
        with scope(HERE):
            pass
        assert [words.split()[0] for words in sent] == ["SAVEPOINT", "RELEASE"]


def test_where_all_stands_or_falls_no_part_is_undone_alone():
    with listening() as sent, scope(HERE), all_or_nothing(), scope(HERE), part():
        pass
    assert [words.split()[0] for words in sent].count("SAVEPOINT") == 1, "the test itself is a transaction"
    with pytest.raises(TransactionManagementError), part(), all_or_nothing():
        go_on_behind_a_refusal()


def go_on_behind_a_refusal() -> None:
    with suppress(ValueError), part():
        raise ValueError
    shown()
