"""What the form of a referral knows of whoever opens it, and to whom it shows which question."""

from yilian.domains.referral.models import Referral
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.registry import oneself
from yilian.registry.consortia import companions

OUTSIDE = "destination=outside"


def phone_of(actor: Actor) -> str:
    """Return the number that the actor's last referral gave, or the actor's own, or the institution's."""
    row = oneself.practitioner_of(actor)
    if row is not None:
        mine = Referral.objects.filter(sender_id=actor.institution_id, sender_doctor_id=row.pk)
        if last := mine.order_by("-pk").values_list("contact_phone", flat=True).first():
            return last
    return oneself.phone_of(actor)


def beyond_ones_own(actor: Actor) -> str:
    """Return under which answers the contact beforehand is asked: outside, or a receiver who is not one's own."""
    close, _wide = companions(actor.institution_id, clock.today())
    return f"{OUTSIDE}||receiver!={'|'.join(map(str, ['', *sorted(close)]))}"
