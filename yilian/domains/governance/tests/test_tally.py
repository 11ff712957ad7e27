"""Counting: who is in the base, what is quorate, what passes."""

from decimal import Decimal
from itertools import product

import pytest

from yilian.domains.governance.motion.tally import counted

HALF = Decimal(50)


@pytest.mark.parametrize(
    ("votes", "missing", "quorum", "majority", "outcome"),
    [
        ("for for against", 0, 50, 50, "passed"),
        ("for against", 0, 50, 50, "rejected"),
        ("for abstain abstain abstain", 0, 50, 50, "passed"),
        ("abstain abstain", 0, 50, 50, "rejected"),
        ("for for", 2, 50, 50, "passed"),
        ("for for", 3, 50, 50, "no_quorum"),
        ("for recuse recuse recuse", 1, 50, 50, "passed"),
        ("recuse recuse", 0, 0, 50, "no_quorum"),
        ("", 4, 0, 50, "no_quorum"),
        ("for for against", 0, 50, "66.67", "rejected"),
        ("for for against", 0, 50, "66.66", "passed"),
        ("for against against", 0, 100, 0, "passed"),
    ],
)
def test_what_passes(votes, missing, quorum, majority, outcome):
    tally = counted(((vote, 1) for vote in votes.split()), missing, Decimal(quorum), Decimal(majority))
    assert tally.outcome == outcome


CHOICES = ("for", "against", "abstain", "recuse")
POLLS = [(votes, missing) for size in range(5) for votes in product(CHOICES, repeat=size) for missing in range(4)]


def half(votes, missing):
    return counted(((vote, 1) for vote in votes), missing, HALF, HALF)


def test_every_vote_is_in_one_place():
    for votes, missing in POLLS:
        tally = half(votes, missing)
        assert tally.entitled + tally.recused == len(votes) + missing
        assert tally.taking_part <= tally.entitled


def test_one_more_vote_in_favour_never_turns_a_passed_motion():
    passed = [(votes, missing) for votes, missing in POLLS if half(votes, missing).outcome == "passed"]
    assert passed
    assert all(half((*votes, "for"), missing).outcome == "passed" for votes, missing in passed)
