"""Which case types a person has to do with."""

from django.core.cache import cache

from yilian.kernel.access.actor import Actor
from yilian.kernel.pages.menu import Entry
from yilian.kernel.workflow import queries
from yilian.kernel.workflow.case_type import CaseType, case_types

REMEMBERED_FOR = 300  # seconds


def used(actor: Actor) -> list[CaseType]:
    """Return the types in which the actor's roles act, and those their institution oversees cases of."""
    return [kind for kind in case_types if kind.uses_role(actor.roles) or kind.key in _overseen(actor)]


def openable(actor: Actor) -> list[CaseType]:
    """Return the types of which the actor may open a case, those that come up rarely last."""
    found = [kind for kind in case_types if kind.may_open(actor.roles)]
    return sorted(found, key=lambda kind: not kind.in_menu)


def entries(actor: Actor) -> list[Entry]:
    """Return the menu entries of the types the actor has to do with every so often."""
    return [
        Entry(kind.key, kind.title, f"/{kind.key}/", kind.icon, group=kind.group, order=5, on_phone=True)
        for kind in used(actor)
        if kind.in_menu
    ]


def _overseen(actor: Actor) -> frozenset[str]:
    """Return the keys of types with an overseer of which the institution sees a case; remembered for some minutes.

    Only a role that oversees sees them: another's answer would be remembered for the whole institution.
    """
    if not actor.oversees:
        return frozenset()
    key = f"overseen:{actor.institution_id}"
    found = cache.get(key)
    if found is None:
        watched = [kind for kind in case_types if any(side.is_oversight for side in kind.sides)]
        found = frozenset(kind.key for kind in watched if queries.newest(kind, actor, queries.Filter(limit=1)))
        cache.set(key, found, REMEMBERED_FOR)
    return found
