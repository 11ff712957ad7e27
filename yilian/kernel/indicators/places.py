"""Whose numbers a reader may ask for by name: a floor above says which institutions these are."""

from collections.abc import Callable, Iterable

from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.indicators.belonging import belonging
from yilian.kernel.indicators.spans import number

Overseen = Callable[[Actor], Iterable[tuple[int, str]]]
overseers: list[Overseen] = []
"""Each returns (key, name) of institutions that the actor looks after; asked inside the actor's scope."""
watchers: list[Callable[[Actor], Iterable[int]]] = []
"""Each returns the consortia of which the actor reads all that was stored; asked inside the actor's scope."""


def places_for(actor: Actor) -> dict[int, str]:
    """Return the institutions whose numbers this reader may ask for, the own one first."""
    found = {actor.institution_id: actor.institution_name}
    for overseen in overseers:
        found |= {key: name for key, name in overseen(actor) if key not in found}
    return found


def circles_for(actor: Actor) -> list[int]:
    """Return the consortia to which an institution of this reader belongs in this month."""
    month, mine = number(clock.today()), places_for(actor)
    return sorted({circle for place, circle, _month in belonging.members(month, month) if place in mine})


def seen_circles(actor: Actor) -> dict[int, bool]:
    """Return the consortia this reader may ask about: those they belong to and those they watch, which are True.

    Of the others a reader sees the own part only, and of all other consortia nothing: not even a zero.
    """
    month = number(clock.today())
    own = {circle for place, circle, _month in belonging.members(month, month) if place == actor.institution_id}
    watched = {circle for watcher in watchers for circle in watcher(actor)}
    return {circle: circle in watched for circle in own | watched}
