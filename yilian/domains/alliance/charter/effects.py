"""What a revision leaves behind: the next version of the charter. Earlier ones stay as they were."""

from yilian.domains.alliance.founding import write_charter
from yilian.domains.alliance.models import Charter, CharterRevision
from yilian.domains.alliance.models.charter import Basis
from yilian.kernel import clock
from yilian.kernel.workflow.moment import Moment
from yilian.registry import resolutions


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


def put_to_vote(moment: Moment) -> None:
    """Draft the motion that decides."""
    resolutions.put(moment.case, by=moment.actor)


def note_vote(moment: Moment) -> None:
    """Note that the body adopted the text today; what was to take effect before that takes effect now."""
    today, wished = clock.today(), moment.case.effective_on
    words = moment.answers.get("decided_by") or ""
    moment.set(adopted_on=today, effective_on=max(wished or today, today), basis=Basis.COUNCIL, resolution=words)


def note_rejection(moment: Moment) -> None:
    """Note which resolution sent the text back."""
    moment.set(resolution=moment.answers.get("decided_by") or "")


def take_over(moment: Moment) -> None:
    """Begin from the clauses of the newest version that has any; what was already written is replaced."""
    newest = Charter.objects.filter(consortium=moment.case.consortium_id).exclude(clauses=[]).first()
    moment.set(clauses=newest.clauses if newest else [])
