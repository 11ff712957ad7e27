"""In whose name a counted motion acts: its lead's, whoever counted."""

from dataclasses import replace

from django.utils.translation import gettext as _

from yilian.kernel.access.actor import Actor, system_actor
from yilian.kernel.access.roles import mask_of
from yilian.kernel.workflow.moment import Moment


def acting_lead(moment: Moment) -> Actor:
    """Return the one who counted, or the clock at the lead: it may have counted at any of those who vote.

    The clock holds no role, but the resolution lets it open what the lead's office would.
    """
    if not moment.actor.is_system:
        return moment.actor
    lead = moment.case.lead
    return replace(system_actor(_("系统时钟"), lead.pk, lead.name), roles=mask_of(("office",)))
