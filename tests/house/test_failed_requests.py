"""What a failed request says: a sentence, 503 while the database is away, and nothing of the fault's inside."""

import pytest
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from psycopg.errors import DeadlockDetected, QueryCanceled

from yilian.config.outage import failed


def answer(error: Exception, path: str = "/", cause: Exception | None = None):
    """Return what a request that ended with this error is answered."""
    try:
        raise error from cause
    except Exception:
        return failed(RequestFactory().get(path))


def test_people_read_a_page_while_the_database_is_away():
    page = answer(OperationalError("connection refused on /secret/socket"))
    assert page.status_code == 503
    assert page.headers["Retry-After"] == "5"
    assert "数据库暂时不可用" in page.content.decode()
    assert "secret" not in page.content.decode()


def test_programs_read_a_problem_while_the_database_is_away():
    problem = answer(OperationalError("x"), path="/api/v1/inbox")
    assert problem.headers["Content-Type"] == "application/problem+json"
    assert problem.status_code == 503


@pytest.mark.parametrize(("cause", "words"), [(QueryCanceled(), "查询用时过长"), (DeadlockDetected(), "冲突")])
def test_the_sentence_fits_the_cause(cause, words):
    assert words in answer(OperationalError("x"), cause=cause).content.decode()


def test_any_other_fault_is_500_without_its_inside():
    page = answer(KeyError("inside"))
    assert page.status_code == 500
    assert "inside" not in page.content.decode()


@pytest.mark.usefixtures("fresh_database")
def test_the_whole_site_answers_503_without_a_database(settings):
    connection.close()
    before, connection.settings_dict["HOST"] = connection.settings_dict["HOST"], "/nowhere"
    try:
        client = Client(raise_request_exception=False)
        assert client.get("/health/").status_code == 503
    finally:
        connection.settings_dict["HOST"] = before
    assert client.get("/health/").content == b"ok"
