"""Whose approval a referral needs in its own house before it leaves: by direction and urgency, as the house set it."""

from django.utils.translation import gettext as _

from yilian.domains.referral.models import Referral
from yilian.domains.referral.parameters import APPROVERS, NEEDS_APPROVAL
from yilian.domains.referral.vocabulary import Approval, Direction, Priority
from yilian.kernel.rules.values import setting_of, value_of

Way = tuple[str, int]
WAYS: tuple[Way, ...] = tuple((direction.value, priority.value) for direction in Direction for priority in Priority)


def route_of(institution_id: int, way: Way) -> Approval:
    """Return whose approval a house wants today for a direction and an urgency."""
    if not value_of(NEEDS_APPROVAL, institution_id):
        return Approval.NONE
    key = APPROVERS.get(way)
    return Approval(str(value_of(key, institution_id))) if key else Approval.OFFICE


def approval_of(referral: Referral) -> Approval:
    """Return whose approval this referral wants by the setting of today, be there time for it or not."""
    return route_of(referral.sender_id, (referral.direction, referral.priority))


def routes_of(institution_id: int) -> dict[Way, Approval]:
    """Return the whole setting of a house as it stands today."""
    return {way: route_of(institution_id, way) for way in WAYS}


def basis_of(referral: Referral) -> str:
    """Return which version of the setting speaks for this referral: since when it holds and by whose decision."""
    key = APPROVERS.get((referral.direction, referral.priority), NEEDS_APPROVAL)
    row = setting_of(key, referral.sender_id).row or setting_of(NEEDS_APPROVAL, referral.sender_id).row
    if row is None:
        return str(_("默认设置"))
    return _("自 {day} 起执行：{ground}").format(day=row.effective_from, ground=row.ground)[:200]
