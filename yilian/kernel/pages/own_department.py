"""The reader's own department, as the form of a new case would fill it in: lists offer it beside their other chips."""

from collections.abc import Iterable

from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.case_type import CaseType
from yilian.kernel.workflow.lookups import Found, lookups


def own_department(actor: Actor, kinds: Iterable[CaseType]) -> Found | None:
    """Return the actor's own department; None where no form of these types asks for one or it is not known."""
    asks = (ask for kind in kinds if kind.departments for ask in kind.form)
    asked = next((ask for ask in asks if ask.kind == "department" and callable(ask.initial)), None)
    key = asked.initial(actor) if asked else None
    return lookups["department"].resolve(actor, key, "") if key else None
