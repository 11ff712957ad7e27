"""A passed motion gives its tasks to those who are to do them."""

from yilian.domains.governance.acting import acting_lead
from yilian.domains.governance.models import Motion, Outcome
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow.conversation import link
from yilian.kernel.workflow.engine import open_case, take
from yilian.kernel.workflow.moment import Moment


def assign(moment: Moment) -> None:
    """Open a case for each task of a passed motion, as the lead, whoever counted."""
    motion: Motion = moment.case
    if motion.outcome != Outcome.PASSED or not motion.tasks:
        return
    lead = acting_lead(moment)
    with scope(lead):
        for row in motion.tasks:
            answers = {**row, "consortium": motion.consortium_id, "source": f"{motion.number}《{motion.subject}》"}
            task = open_case("assignment", by=lead, answers=answers, along=True)
            link(motion, take(task, "assign", by=lead), "leads_to")
