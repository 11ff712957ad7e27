"""What the form of a question knows of whoever opens it."""

from yilian.kernel.access.actor import Actor
from yilian.kernel.access.models import User
from yilian.kernel.rows import where
from yilian.registry import known
from yilian.registry.models import Practitioner

OWN = "user_id = %s and institution_id = %s and ended_on is null"


def doctor_of(actor: Actor) -> int | None:
    """Return the actor's own row among the practitioners of the institution, if there is one."""
    row = _practitioner(actor)
    return row.pk if row else None


def department_of(actor: Actor) -> int | None:
    row = _practitioner(actor)
    return row.department_id if row else None


def phone_of(actor: Actor) -> str:
    """Return the actor's own number, or the institution's."""
    own = User.objects.filter(pk=actor.user_id).values_list("phone", flat=True).first()
    place = known.institution(actor.institution_id)
    return own or (place.phone if place else "")


def _practitioner(actor: Actor) -> Practitioner | None:
    found = where(Practitioner, OWN, [actor.user_id, actor.institution_id]) if actor.user_id else []
    return found[0] if found else None
