"""A passed motion gives its tasks to those who are to do them."""

from dataclasses import replace

from django.utils.translation import gettext as _

from yilian.domains.governance.models import Motion, Outcome
from yilian.kernel.access.actor import Actor, system_actor
from yilian.kernel.access.roles import mask_of
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow.conversation import link
from yilian.kernel.workflow.engine import open_case, take
from yilian.kernel.workflow.moment import Moment


def assign(moment: Moment) -> None:
    """Open a case for each task of a passed motion, as the lead, whoever counted."""
    motion: Motion = moment.case
    if motion.outcome != Outcome.PASSED or not motion.tasks:
        return
    lead = _lead(moment)
    with scope(lead):
        for row in motion.tasks:
            answers = {**row, "consortium": motion.consortium_id, "source": f"{motion.number}《{motion.subject}》"}
            task = open_case("assignment", by=lead, answers=answers, along=True)
            link(motion, take(task, "assign", by=lead), "leads_to")


def _lead(moment: Moment) -> Actor:
    """Return the one who counted, or the clock at the lead: it may have counted at any of those who vote.

    The clock holds no role, but the resolution lets it open what the lead's office would.
    """
    if not moment.actor.is_system:
        return moment.actor
    lead = moment.case.lead
    return replace(system_actor(_("系统时钟"), lead.pk, lead.name), roles=mask_of(("office",)))
