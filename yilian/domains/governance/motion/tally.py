"""Counting ballots: pure arithmetic over whole votes and percentages."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

FOR, AGAINST, ABSTAIN, RECUSE = "for", "against", "abstain", "recuse"
PASSED, REJECTED, NO_QUORUM = "passed", "rejected", "no_quorum"


@dataclass(frozen=True)
class Tally:
    """Votes by choice, and those not cast; `quorum` and `majority` are percentages.

    The quorum is reached by votes for, against and abstaining of all votes but the recused; a motion passes with more
    than `majority` per cent of those for and against.
    """

    in_favour: int
    against: int
    abstained: int
    recused: int
    missing: int
    quorum: Decimal
    majority: Decimal

    @property
    def taking_part(self) -> int:
        return self.in_favour + self.against + self.abstained

    @property
    def entitled(self) -> int:
        return self.taking_part + self.missing

    @property
    def is_quorate(self) -> bool:
        return self.taking_part > 0 and self.taking_part * 100 >= self.quorum * self.entitled

    @property
    def outcome(self) -> str:
        if not self.is_quorate:
            return NO_QUORUM
        decided = self.in_favour + self.against
        return PASSED if self.in_favour * 100 > self.majority * decided else REJECTED


def counted(ballots: Iterable[tuple[str, int]], missing: int, quorum: Decimal, majority: Decimal) -> Tally:
    """Add up (choice, votes); `missing` are the votes nobody cast."""
    votes = dict.fromkeys((FOR, AGAINST, ABSTAIN, RECUSE), 0)
    for choice, weight in ballots:
        votes[choice] += weight
    return Tally(votes[FOR], votes[AGAINST], votes[ABSTAIN], votes[RECUSE], missing, quorum, majority)
