"""What a revision leaves behind: the next version of the charter. Earlier ones stay as they were."""

from yilian.domains.alliance.founding import write_charter
from yilian.domains.alliance.models import CharterRevision
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
    )
