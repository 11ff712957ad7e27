"""Who may vote on a motion, who has, who has left meanwhile, and what that adds up to."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from yilian.domains.governance.bodies.seating import sitting
from yilian.domains.governance.membership import members_today
from yilian.domains.governance.models import Ballot, Ballots, Motion, Seat
from yilian.domains.governance.motion import box
from yilian.domains.governance.motion.tally import RECUSE, Tally, counted
from yilian.domains.governance.parameters import MAJORITY, QUORUM
from yilian.kernel import clock
from yilian.kernel.rules.values import value_of

VOTER, SEATED, VOTED = "voter", "seated", "voted"


@dataclass(frozen=True)
class Poll:
    """The ballots that count, the votes that are missing, and those that are out because somebody has left.

    `missing` and `gone` are institutions; where seats vote, `missing_seats` and `gone_seats` are those besides.
    """

    ballots: tuple[Ballot, ...]
    missing: tuple[int, ...]
    gone: tuple[int, ...]
    tally: Tally
    missing_seats: tuple[int, ...] = ()
    gone_seats: tuple[int, ...] = ()

    def kept(self) -> dict[str, Any]:
        """Return what the motion keeps of it, as JSON; percentages as text."""
        numbers = {name: value if isinstance(value, int) else str(value) for name, value in asdict(self.tally).items()}
        kept = {**numbers, "missing_institutions": list(self.missing), "gone_institutions": list(self.gone)}
        return kept | {"missing_seats": list(self.missing_seats), "gone_seats": list(self.gone_seats)}


def taking(motion: Motion, *sides: str) -> list[int]:
    """Return the institutions on these sides."""
    codes = {motion.case_type.side(side).code for side in sides}
    return [row.institution_id for row in motion.taking_part() if row.side in codes]


def caster(seat: Seat, lead_id: int) -> int:
    """Return who casts the ballot of a seat: its institution, or the lead for people from outside the consortium."""
    return seat.institution_id or lead_id


def entitled(motion: Motion) -> list[Seat]:
    """Return the seats that vote today: held, of a member, and not of one that the case at issue is about."""
    members = {*members_today(motion.consortium_id)} - {*motion.recused}
    seats = sitting(motion.body_id, clock.today()) if motion.body_id else ()
    return [seat for seat in seats if caster(seat, motion.lead_id) in members]


def seats_to_vote(motion: Motion, place: int | None = None) -> list[Seat]:
    """Return the seats whose ballot is not cast yet; with `place`, those that this institution casts."""
    cast = set(motion.ballots.values_list("seat", flat=True))
    left = [seat for seat in entitled(motion) if seat.pk not in cast]
    return left if place is None else [seat for seat in left if caster(seat, motion.lead_id) == place]


def still_to_vote(motion: Motion) -> list[int]:
    """Return the institutions that may vote, have not done so for all their seats, and are members today."""
    members = set(members_today(motion.consortium_id))
    waiting = [one for one in taking(motion, VOTER, SEATED) if one in members]
    if motion.body_id is None:
        return waiting
    left = {caster(seat, motion.lead_id) for seat in seats_to_vote(motion)}
    return [one for one in waiting if one in left]


def weight_of(motion: Motion, seat: Seat | None) -> int:
    """Return the votes of a ballot: those of the seat where votes are weighed, else one."""
    return seat.votes if seat and motion.voting == Ballots.WEIGHTED else 1


def poll(motion: Motion, *, is_closed: bool = False) -> Poll:
    """Reckon the poll as it stands: what a member that has left did or did not cast is out of the base.

    Secret votes are read from the box once voting is closed, before that they are not counted; one that left cannot be
    taken out of them. The quorum and the majority are those in force on the day the motion was put.
    """
    ballots = list(motion.ballots.select_related("institution", "seat").order_by("cast_at", "pk"))
    found = _of_seats(motion, ballots) if motion.body_id else _of_members(motion, ballots)
    counting, missing, gone, missing_seats, gone_seats = found
    weights = {seat.pk: weight_of(motion, seat) for seat in entitled(motion)} if missing_seats else {}
    absent = sum(weights[one] for one in missing_seats) if motion.body_id else len(missing)
    tally = counted(_votes(motion, ballots, counting, is_closed), absent, *_limits(motion))
    return Poll(tuple(counting), tuple(missing), tuple(gone), tally, tuple(missing_seats), tuple(gone_seats))


def _of_members(motion: Motion, ballots: list[Ballot]) -> tuple[list[Any], ...]:
    members = set(members_today(motion.consortium_id))
    waiting = taking(motion, VOTER)
    gone = [one for one in (*waiting, *(ballot.institution_id for ballot in ballots)) if one not in members]
    counting = [ballot for ballot in ballots if ballot.institution_id in members]
    return counting, [one for one in waiting if one in members], gone, [], []


def _of_seats(motion: Motion, ballots: list[Ballot]) -> tuple[list[Any], ...]:
    keys = {seat.pk for seat in entitled(motion)}
    counting = [ballot for ballot in ballots if ballot.seat_id in keys]
    gone = [ballot.seat_id for ballot in ballots if ballot.seat_id not in keys]
    missing = seats_to_vote(motion)
    places = dict.fromkeys(caster(seat, motion.lead_id) for seat in missing)
    return counting, list(places), [], [seat.pk for seat in missing], gone


def _votes(
    motion: Motion, ballots: Iterable[Ballot], counting: Iterable[Ballot], is_closed: bool
) -> list[tuple[str, int]]:
    if motion.voting != Ballots.SECRET:
        return [(ballot.choice, ballot.weight) for ballot in counting]
    recused = [(RECUSE, ballot.weight) for ballot in ballots if ballot.choice == RECUSE]
    return recused + (box.opened(motion) if is_closed else [])


def _limits(motion: Motion) -> tuple[Decimal, Decimal]:
    scope = {"consortium_id": motion.consortium_id, "on": motion.put_on}
    return Decimal(value_of(QUORUM, **scope)), Decimal(value_of(MAJORITY, **scope))


def recounted(motion: Motion) -> Tally:
    """Return the tally that a counted motion has kept."""
    kept = {name: motion.tally[name] for name in Tally.__dataclass_fields__}
    return Tally(**kept | {name: Decimal(kept[name]) for name in ("quorum", "majority")})
