"""What the form of a referral knows of whoever opens it, and to whom it shows which question."""

from yilian.domains.referral.models import Referral
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.models import User
from yilian.kernel.rows import where
from yilian.registry import known
from yilian.registry.consortia import companions
from yilian.registry.models import Practitioner

OUTSIDE = "destination=outside"
OWN = "user_id = %s and institution_id = %s and ended_on is null"


def doctor_of(actor: Actor) -> int | None:
    """Return the actor's own row among the practitioners of the institution, if there is one."""
    row = _practitioner(actor)
    return row.pk if row else None


def department_of(actor: Actor) -> int | None:
    row = _practitioner(actor)
    return row.department_id if row else None


def phone_of(actor: Actor) -> str:
    """Return the number that the actor's last referral gave, or the actor's own, or the institution's."""
    row = _practitioner(actor)
    if row is not None:
        mine = Referral.objects.filter(sender_id=actor.institution_id, sender_doctor_id=row.pk)
        if last := mine.order_by("-pk").values_list("contact_phone", flat=True).first():
            return last
    own = User.objects.filter(pk=actor.user_id).values_list("phone", flat=True).first()
    place = known.institution(actor.institution_id)
    return own or (place.phone if place else "")


def beyond_ones_own(actor: Actor) -> str:
    """Return under which answers the contact beforehand is asked: outside, or a receiver who is not one's own."""
    close, _wide = companions(actor.institution_id, clock.today())
    return f"{OUTSIDE}||receiver!={'|'.join(map(str, ['', *sorted(close)]))}"


def _practitioner(actor: Actor) -> Practitioner | None:
    if actor.user_id is None:
        return None
    found = where(Practitioner, OWN, [actor.user_id, actor.institution_id])
    return found[0] if found else None
