"""Which way of sending the form of a referral offers: to the network or outside it, at once or after whose approval."""

from yilian.domains.referral.approval import routes_of
from yilian.domains.referral.green.modes import modes_on
from yilian.domains.referral.vocabulary import Approval
from yilian.kernel.access.actor import Actor

INSIDE, OUTSIDE, EMERGENCY, ORDINARY = (
    "destination=network", "destination=outside", "is_emergency=true", "is_emergency=false",
)  # fmt: skip
FREE = (Approval.NONE,)
BY_HEAD, BY_OFFICE = (Approval.HEAD, Approval.BOTH), (Approval.OFFICE,)


def to_the_network(actor: Actor) -> str:
    return _at_once(actor, INSIDE)


def to_the_outside(actor: Actor) -> str:
    return _at_once(actor, OUTSIDE)


def to_approval(actor: Actor) -> str | None:
    """Return the answers under which the office's approval is asked for first; None where it never is."""
    return _under(actor, BY_OFFICE, ORDINARY)


def to_head(actor: Actor) -> str | None:
    """Return the answers under which the head's approval is asked for first; None where it never is."""
    return _under(actor, BY_HEAD, ORDINARY)


def _at_once(actor: Actor, destination: str) -> str:
    """Where approval is wanted, only an emergency goes without it; in emergency mode the receiver decides."""
    found = _under(actor, FREE, destination)
    if found == destination or modes_on():
        return destination
    return "||".join(part for part in (f"{destination}&{EMERGENCY}", found) if part)


def _under(actor: Actor, wanted: tuple[Approval, ...], also: str) -> str | None:
    """Return under which directions and urgencies the house wants one of these, together with another answer."""
    routes = routes_of(actor.institution_id)
    ways = [way for way, route in routes.items() if route in wanted]
    if len(ways) == len(routes):
        return also
    return "||".join(f"{also}&direction={direction}&priority={priority}" for direction, priority in ways) or None
