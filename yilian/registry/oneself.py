"""What a form knows of whoever opens it: the own row among the practitioners, the department, a number to call."""

from yilian.kernel import rows
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.models import User
from yilian.registry import known
from yilian.registry.models import Practitioner

OWN = "user_id = %s and institution_id = %s and ended_on is null"


def practitioner_of(actor: Actor) -> Practitioner | None:
    """Return the actor's own row among the practitioners of the institution, or None."""
    found = rows.where(Practitioner, OWN, [actor.user_id, actor.institution_id]) if actor.user_id else []
    return found[0] if found else None


def doctor_of(actor: Actor) -> int | None:
    """Return the key of the actor's own row."""
    row = practitioner_of(actor)
    return row.pk if row else None


def department_of(actor: Actor) -> int | None:
    """Return the key of the department the actor belongs to."""
    row = practitioner_of(actor)
    return row.department_id if row else None


def phone_of(actor: Actor) -> str:
    """Return the actor's own number, or the institution's."""
    own = User.objects.filter(pk=actor.user_id).values_list("phone", flat=True).first() if actor.user_id else ""
    place = known.institution(actor.institution_id)
    return own or (place.phone if place else "")
