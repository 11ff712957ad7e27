"""Access records: added by anyone, read by their own institution, changed by nobody."""

import pytest
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.db import ProgrammingError, connection, transaction
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from tests.world import TOWNSHIP
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.scope import scope
from yilian.kernel.audit import record
from yilian.kernel.audit.models import AccessRecord
from yilian.kernel.registries import UnknownKeyError

pytestmark = pytest.mark.django_db


def actor_at(institution_id: int, **more) -> Actor:
    return Actor(user_id=None, name="林医生", institution_id=institution_id, institution_name="", roles=0, **more)


def records_seen_by(institution_id: int) -> list[AccessRecord]:
    with scope(actor_at(institution_id)):
        return list(AccessRecord.objects.order_by("id"))


def test_a_record_says_who_did_what_on_what_ground():
    record(actor_at(7, ip="10.0.0.9"), "viewed", object_kind="referral", object_id=12, ground="接诊", detail={"页": 1})

    (row,) = records_seen_by(7)
    assert (row.action, row.object_kind, row.object_id, row.ground) == ("viewed", "referral", "12", "接诊")
    assert (row.ip, row.detail, row.action_title) == ("10.0.0.9", {"页": 1}, "查看")


def test_another_institution_and_a_request_without_scope_read_nothing():
    record(actor_at(7), "viewed", object_kind="referral", object_id=12)

    assert records_seen_by(8) == []
    assert not AccessRecord.objects.exists()


def test_an_undeclared_action_is_a_mistake_of_the_caller():
    with pytest.raises(UnknownKeyError):
        record(actor_at(7), "peeked")


@pytest.mark.parametrize("odd", ["", "unix:", "10.0.0.9:80", "not an address"])
def test_an_odd_address_never_stops_the_record(odd):
    record(actor_at(7, ip=odd), "viewed")

    assert [row.ip for row in records_seen_by(7)] == [None]


@pytest.mark.parametrize(
    "change",
    [
        "update audit_accessrecord set action = 'exported'",
        "delete from audit_accessrecord",
        "truncate audit_accessrecord",
    ],
)
def test_the_database_refuses_to_change_what_was_recorded(change):
    record(actor_at(7), "viewed")

    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        scope(actor_at(7)),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


def test_a_character_the_database_cannot_keep_never_stops_the_record():
    record(actor_at(7), "searched", object_id="a\0b", ground="c\0", detail={"text": "d\0e"})

    (row,) = records_seen_by(7)
    assert (row.object_id, row.ground, row.detail) == ("ab", "c", {"text": "de"})


def test_a_record_is_one_insert_on_the_connection_of_the_request(django_assert_num_queries):
    with django_assert_num_queries(1):
        record(actor_at(7), "viewed", object_kind="referral", object_id=12)


@pytest.fixture
def person(world):
    return world.user("doctor", at=TOWNSHIP), world.place(TOWNSHIP)


def request_from(address: str):
    request = RequestFactory().post("/accounts/login/", REMOTE_ADDR=address)
    request.session, request.user = SessionStore(), AnonymousUser()
    return request


def test_logging_in_and_out_is_recorded_at_the_institution_of_the_person(person):
    user, place = person
    request = request_from("10.1.2.3")
    login(request, user, backend="yilian.kernel.access.logins.PasswordBackend")
    logout(request)

    assert [(row.action, row.user_id, row.ip) for row in records_seen_by(place.pk)] == [
        ("logged_in", user.pk, "10.1.2.3"),
        ("logged_out", user.pk, "10.1.2.3"),
    ]


def test_a_failed_login_is_recorded_with_the_account_that_was_tried(person):
    user, place = person
    assert authenticate(request_from("10.1.2.3"), username=user.username, password="wrong") is None

    assert [(row.action, row.user_id) for row in records_seen_by(place.pk)] == [("login_failed", user.pk)]


def test_a_failed_login_with_an_unknown_name_keeps_no_name():
    with CaptureQueriesContext(connection) as queries:
        authenticate(request_from("10.1.2.3"), username="my secret password", password="wrong")

    (insert,) = [query["sql"] for query in queries if "insert into audit" in query["sql"]]
    assert "login_failed" in insert
    assert "10.1.2.3" in insert
    assert "secret" not in insert
