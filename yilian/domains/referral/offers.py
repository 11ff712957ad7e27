"""Which way of sending the form of a referral offers: to the network or outside it, at once or after approval."""

from yilian.domains.referral.facts import wants_approval
from yilian.domains.referral.green.modes import modes_on
from yilian.kernel.access.actor import Actor

INSIDE, OUTSIDE, EMERGENCY, ORDINARY = (
    "destination=network", "destination=outside", "is_emergency=true", "is_emergency=false",
)  # fmt: skip


def to_the_network(actor: Actor) -> str:
    return _at_once(actor, INSIDE)


def to_the_outside(actor: Actor) -> str:
    return _at_once(actor, OUTSIDE)


def to_approval(actor: Actor) -> str | None:
    """Return the answers under which approval is asked for; None where the institution wants none."""
    return ORDINARY if wants_approval(actor.institution_id) else None


def _at_once(actor: Actor, destination: str) -> str:
    """Where approval is wanted, only an emergency goes without it; in emergency mode the receiver decides."""
    is_held = wants_approval(actor.institution_id) and not modes_on()
    return f"{destination}&{EMERGENCY}" if is_held else destination
