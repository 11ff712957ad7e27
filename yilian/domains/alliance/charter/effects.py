"""What a revision leaves behind: the next version of the charter. Earlier ones stay as they were."""

from yilian.domains.alliance.founding import write_charter
from yilian.domains.alliance.models import Charter, CharterRevision
from yilian.kernel.workflow.moment import Moment


def adopt(moment: Moment) -> None:
    """Write the next version into the public rows."""
    revision: CharterRevision = moment.case
    write_charter(
        revision.consortium,
        revision.adopted_on,
        case_id=revision.pk,
        effective_on=revision.effective_on,
        basis=revision.basis,
        changes=revision.changes,
        clauses=revision.clauses,
    )


def take_over(moment: Moment) -> None:
    """Begin from the clauses of the newest version that has any; what was already written is replaced."""
    newest = Charter.objects.filter(consortium=moment.case.consortium_id).exclude(clauses=[]).first()
    moment.set(clauses=newest.clauses if newest else [])
