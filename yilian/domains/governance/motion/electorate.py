"""Who may vote on a motion, who has, who has left meanwhile, and what that adds up to."""

from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from yilian.domains.governance.membership import members_today
from yilian.domains.governance.models import Ballot, Motion
from yilian.domains.governance.motion.tally import Tally, counted
from yilian.domains.governance.parameters import MAJORITY, QUORUM
from yilian.kernel.rules.values import value_of

VOTER, VOTED = "voter", "voted"


@dataclass(frozen=True)
class Poll:
    """The ballots that count, the institutions that have not voted, and those that are no members any more."""

    ballots: tuple[Ballot, ...]
    missing: tuple[int, ...]
    gone: tuple[int, ...]
    tally: Tally

    def kept(self) -> dict[str, Any]:
        """Return what the motion keeps of it, as JSON; percentages as text."""
        numbers = {name: value if isinstance(value, int) else str(value) for name, value in asdict(self.tally).items()}
        return {**numbers, "missing_institutions": list(self.missing), "gone_institutions": list(self.gone)}


def taking(motion: Motion, side: str) -> list[int]:
    """Return the institutions on a side."""
    code = motion.case_type.side(side).code
    return [row.institution_id for row in motion.taking_part() if row.side == code]


def still_to_vote(motion: Motion) -> list[int]:
    """Return the institutions that may vote, have not, and are members today."""
    members = set(members_today(motion.consortium_id))
    return [one for one in taking(motion, VOTER) if one in members]


def poll(motion: Motion) -> Poll:
    """Reckon the poll as it stands: what a member that has left did or did not cast is out of the base.

    The quorum and the majority are those in force on the day the motion was put.
    """
    members = set(members_today(motion.consortium_id))
    ballots = list(motion.ballots.select_related("institution").order_by("cast_at", "pk"))
    waiting = taking(motion, VOTER)
    gone = [one for one in (*waiting, *(ballot.institution_id for ballot in ballots)) if one not in members]
    counting = tuple(ballot for ballot in ballots if ballot.institution_id in members)
    missing = tuple(one for one in waiting if one in members)
    scope = {"consortium_id": motion.consortium_id, "on": motion.put_on}
    quorum, majority = (Decimal(value_of(key, **scope)) for key in (QUORUM, MAJORITY))
    votes = [(ballot.choice, ballot.weight) for ballot in counting]
    return Poll(counting, missing, tuple(gone), counted(votes, len(missing), quorum, majority))


def recounted(motion: Motion) -> Tally:
    """Return the tally that a counted motion has kept."""
    kept = {name: motion.tally[name] for name in Tally.__dataclass_fields__}
    return Tally(**kept | {name: Decimal(kept[name]) for name in ("quorum", "majority")})
