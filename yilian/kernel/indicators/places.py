"""Whose numbers a reader may ask for by name: a floor above says which institutions these are."""

from collections.abc import Callable, Iterable

from yilian.kernel.access.actor import Actor

Overseen = Callable[[Actor], Iterable[tuple[int, str]]]
overseers: list[Overseen] = []
"""Each returns (key, name) of institutions that the actor looks after; asked inside the actor's scope."""


def places_for(actor: Actor) -> dict[int, str]:
    """Return the institutions whose numbers this reader may ask for, the own one first."""
    found = {actor.institution_id: actor.institution_name}
    for overseen in overseers:
        found |= {key: name for key, name in overseen(actor) if key not in found}
    return found
