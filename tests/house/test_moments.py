"""Moments come from the database as they are, and what Python cannot hold is refused."""

from datetime import UTC, datetime

import pytest
from django.db import DataError, connection

pytestmark = pytest.mark.django_db


def asked(sql: str) -> datetime:
    with connection.cursor() as cursor:
        cursor.execute(f"select {sql}::timestamptz")
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("'2024-02-29 23:59:59.000001+08'", datetime(2024, 2, 29, 15, 59, 59, 1, UTC)),
        ("'0001-01-01 00:00:00+00'", datetime(1, 1, 1, tzinfo=UTC)),
        ("'9999-12-31 23:59:59.999999+00'", datetime(9999, 12, 31, 23, 59, 59, 999999, UTC)),
        ("null", None),
    ],
    ids=["leap day", "first", "last", "none"],
)
def test_a_moment_is_what_was_stored(text, moment):
    assert asked(text) == moment


def test_a_session_in_another_zone_means_the_same_moment():
    with connection.cursor() as cursor:
        cursor.execute("set local timezone to 'Asia/Kathmandu'")
    assert asked("'2026-11-22 06:00:00+00'") == datetime(2026, 11, 22, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["'infinity'", "'0044-03-15 00:00:00+00 BC'", "'10000-01-01 00:00:00+00'"],
    ids=["infinity", "before Christ", "year 10000"],
)
def test_what_python_cannot_hold_is_refused(text):
    with pytest.raises(DataError):
        asked(text)
