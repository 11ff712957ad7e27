"""The database of the tests: the role without rights, rolled back, and a fresh copy where commits are needed."""

import threading

import pytest
from django.db import ProgrammingError, connection, connections, transaction

from yilian.kernel.access.models import User


def _role() -> tuple[str, bool]:
    rights = "rolsuper or rolbypassrls or rolcreatedb or rolcreaterole"
    with connection.cursor() as cursor:
        cursor.execute(f"select rolname, {rights} from pg_roles where rolname = current_user")
        return cursor.fetchone()


@pytest.mark.django_db
def test_tests_run_as_the_role_without_rights():
    assert _role() == ("yilian_app", False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "truncate access_user cascade",
        "drop table access_user",
        "delete from django_migrations",
        "create table own (id int)",
    ],
)
def test_the_app_role_may_not_change_the_schema(statement):
    refused = pytest.raises(ProgrammingError, match=r"permission denied|must be owner")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
@pytest.mark.parametrize("round_", [1, 2])
def test_what_a_test_writes_is_gone_in_the_next(round_):
    assert not User.objects.exists()
    User.objects.create(username="somebody", full_name="某人")


def test_a_fresh_database_shows_commits_to_other_threads(fresh_database):
    User.objects.create(username="somebody", full_name="某人")
    seen = []

    def look() -> None:
        seen.append(User.objects.count())
        connections.close_all()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [1]
    assert connection.settings_dict["NAME"] == fresh_database
