"""Stories of votes by seats: equal, weighted and secret, and what a secret vote leaves behind."""

import json
from hashlib import sha256

import pytest
from django.db import DatabaseError, connection, transaction

from yilian.domains.governance.models import Ballot
from yilian.domains.governance.motion.panels import ballots
from yilian.domains.governance.tests.seats import sitting, usual
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow.idempotency import fingerprint
from yilian.kernel.workflow.models import Happening, IdempotencyKey


def put(council, body, voting="open"):
    return council.put(body=body.pk, voting=voting)


def vote(council, motion, body, *votes):
    """Cast (actor, name of the seat, choice)."""
    seats = sitting(body, council.lead)
    for actor, name, choice in votes:
        motion = council.world.take(motion, "vote_seat", by=actor, seat=seats[name].pk, ballot=choice)
    return motion


def test_seats_vote_each_once_and_the_lead_casts_for_outsiders(council):
    body = usual(council)
    motion = put(council, body)
    assert "「表决」由待表决单位" in council.refused(motion, "vote", by=council.lead, ballot="for")
    motion = vote(council, motion, body, (council.lead, "林静", "for"), (council.lead, "何远", "for"))
    seats = sitting(body, council.lead)
    again = {"seat": seats["林静"].pk, "ballot": "against"}
    assert "尚未表决" in council.refused(motion, "vote_seat", by=council.lead, **again)
    assert "由本单位投票" in council.refused(motion, "vote_seat", by=council.lead, seat=seats["周明"].pk, ballot="for")
    assert "北岭县人民医院" in council.refused(motion, "count", by=council.lead)
    motion = vote(council, motion, body, (council.county, "周明", "against"), (council.lead, "吴越", "abstain"))
    motion = council.world.take(motion, "count", by=council.lead)
    assert (motion.outcome, motion.tally["in_favour"], motion.tally["abstained"]) == ("passed", 2, 1)


def test_members_without_a_seat_read_and_do_not_vote(council):
    motion = put(council, usual(council))
    assert council.world.sees(council.township, motion)
    assert "「席位表决」由待表决的席位单位" in council.refused(motion, "vote_seat", by=council.township)


def test_weights_are_those_of_the_seats(council):
    body = usual(council, lead=1, county=5)
    votes = [(council.lead, name, "for") for name in ("林静", "何远", "吴越")]
    motion = vote(council, put(council, body, "weighted"), body, *votes, (council.county, "周明", "against"))
    motion = council.world.take(motion, "count", by=council.lead)
    assert (motion.outcome, motion.tally["in_favour"], motion.tally["against"]) == ("rejected", 3, 5)


def test_weights_want_a_body(council):
    assert "设有席位的机构" in council.refused(council.draft(voting="weighted"), "put", by=council.lead)


def secret(council):
    """Put a secret motion on which three of four have voted."""
    motion = council.put(voting="secret")
    return council.vote(motion, (council.lead, "for"), (council.county, "against"), (council.township, "against"))


def test_a_secret_vote_is_counted_and_nobody_reads_how(council):
    motion = secret(council)
    with scope(council.lead):
        shown = ballots(motion, council.lead)
    assert shown["tally"] is None
    assert [line["choice"] for line in shown["cast"]] == ["已投票"] * 3
    motion = council.vote(motion, (council.chinese, "abstain"))
    motion = council.world.take(motion, "count", by=council.lead)
    numbers = [motion.tally[name] for name in ("in_favour", "against", "abstained", "missing")]
    assert (motion.outcome, numbers) == ("rejected", [1, 2, 1, 0])
    assert [choice for _place, choice in council.ballots(motion, council.lead)] == [""] * 4


def test_no_row_says_how_a_secret_vote_was_cast(council):
    motion = council.put(voting="secret")
    motion = council.world.take(motion, "vote", by=council.county, ballot="against", key="k1")
    with scope(council.county):
        lines = Happening.objects.filter(case=motion.pk, verb="vote")
        assert [line.answers for line in lines] == [{}]
        kept = bytes(IdempotencyKey.objects.get(key="k1").request_digest)
        guesses = [["vote", str(motion.pk), {"ballot": choice}, ""] for choice in ("for", "against", "abstain")]
        assert kept not in [sha256(json.dumps(guess, sort_keys=True).encode()).digest() for guess in guesses]
        assert kept == fingerprint(json.dumps(guesses[1], sort_keys=True).encode())
        assert Ballot.objects.get(case=motion.pk).choice == ""


def test_the_box_is_closed_to_the_app_until_the_count(council):
    motion = secret(council)
    with scope(council.lead), connection.cursor() as cursor:
        cursor.execute("select * from ballot_box_of(%s)", [motion.pk])
        assert cursor.fetchall() == []
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            cursor.execute("select * from governance_ballotbox")
    drop = "select ballot_put_in(%s, 'for')"
    with scope(council.stranger), connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute(drop, [motion.pk])


def test_whoever_recuses_in_a_secret_vote_does_so_openly(council):
    motion = council.vote(council.put(voting="secret"), (council.county, "recuse"))
    assert council.ballots(motion, council.lead) == [("北岭县人民医院", "recuse")]


def test_a_ballot_from_a_page_left_open_counts(council):
    motion = council.put()
    seen = motion.version
    council.vote(motion, (council.county, "for"))
    motion = council.world.take(motion, "vote", by=council.township, version=seen, ballot="for")
    assert len(council.ballots(motion, council.lead)) == 2
    assert "已被更新" in council.refused(motion, "withdraw", by=council.lead, version=seen, withdrawal="撤")
