"""The second wall: what the database itself refuses to the role of web and worker."""

import pytest
from django.db import DatabaseError, connection, transaction

from tests.world import COUNTY, ELSEWHERE, TOWNSHIP
from yilian.kernel.access.scope import scope


@pytest.fixture
def sent(world):
    sender, receiver = world.person("doctor", at=TOWNSHIP), world.person("reception", at=COUNTY)
    errand = world.open("errand", by=sender, wish="x", receiver=receiver.institution_id)
    return world.take(errand, "send", by=sender)


@pytest.mark.parametrize(
    "sql",
    [
        "update case_file set state = 'done' where id = %(id)s",
        "update case_file set parties = '{1}' where id = %(id)s",
        "update case_file set kind = 'other' where id = %(id)s",
        "delete from case_file where id = %(id)s",
        "update happening set note = 'x' where case_id = %(id)s",
        "delete from happening where case_id = %(id)s",
        "truncate happening",
        "update participation set turn = 0 where case_id = %(id)s",
        "delete from participation where case_id = %(id)s",
        "insert into edge (kind, state_from, state_to) values ('errand', 'sent', 'done')",
        "insert into turn (kind, state, side, roles) values ('errand', 'sent', 1, 1)",
    ],
)
def test_a_party_cannot_bend_the_records(world, sent, sql):
    party = world.person("doctor", at=TOWNSHIP)
    with scope(party), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, {"id": sent.pk})


@pytest.mark.parametrize("table", ["case_file", "sample_errand", "participation", "happening"])
def test_a_stranger_sees_no_row(world, sent, table):
    column = {"case_file": "id", "sample_errand": "case_ptr_id"}.get(table, "case_id")
    with scope(world.person("doctor", at=ELSEWHERE)), connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table} where {column} = %s", [sent.pk])
        assert cursor.fetchone() == (0,)


def test_a_stranger_cannot_admit_itself(world, sent):
    stranger = world.person("doctor", at=ELSEWHERE)
    with scope(stranger), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "insert into participation (case_id, institution_id, side, kind, state, open, priority, turn, prime)"
            " values (%s, %s, 2, '', '', true, 3, 0, true)",
            [sent.pk, stranger.institution_id],
        )


def test_a_stranger_cannot_send_a_party_away(world, sent):
    stranger = world.person("doctor", at=ELSEWHERE)
    with scope(stranger), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select case_leave(%s, %s, 1)", [sent.pk, stranger.institution_id])
