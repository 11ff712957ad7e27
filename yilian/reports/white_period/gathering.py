"""Where patients between two institutions are, as the reader's institution sees it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yilian.domains.referral import api as referrals
from yilian.domains.transport import api as transports
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor


@dataclass(frozen=True)
class Whereabouts:
    """The three gaps at a moment; each line is a plain mapping of the domain's api."""

    at: datetime
    on_the_way: list[dict[str, Any]]
    not_there: list[dict[str, Any]]
    after_return: list[dict[str, Any]]

    @property
    def late(self) -> int:
        """How many are later than planned."""
        lines = (*self.on_the_way, *self.not_there, *self.after_return)
        return sum(1 for line in lines if line["late"])


def gather(actor: Actor, *, only_late: bool = False) -> Whereabouts:
    """Return everybody who is between two institutions now; whoever travels in a transport is listed once, there."""
    expected = referrals.expected_and_not_there(actor)
    travelling = transports.on_the_way(actor)
    coming = {line["referral"] for line in travelling}
    found = Whereabouts(
        at=clock.now(),
        on_the_way=travelling,
        not_there=[line for line in expected if line["id"] not in coming],
        after_return=referrals.awaiting_first_followup(actor),
    )
    return _late_only(found) if only_late else found


def _late_only(found: Whereabouts) -> Whereabouts:
    parts = (found.on_the_way, found.not_there, found.after_return)
    late = [[line for line in part if line["late"]] for part in parts]
    return Whereabouts(found.at, *late)
