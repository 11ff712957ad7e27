"""Whom a letter reaches, what issuing it leaves behind, and who has received it."""

from collections.abc import Mapping

from yilian.domains.correspondence.models import Letter, LetterState
from yilian.kernel import clock
from yilian.kernel.documents.issuing import issue
from yilian.kernel.workflow.moment import Moment
from yilian.kernel.workflow.parties import join, leave
from yilian.registry.consortia import members_of

RECEIVER, INFORMED = "receiver", "informed"


def receivers(letter: Letter) -> list[int]:
    """Return the institutions that the letter is for: those named, or all members; never its issuer."""
    places = letter.addressees
    if not places and letter.consortium_id:
        places = [row.institution_id for row in members_of(letter.consortium_id, clock.today())]
    return [one for one in dict.fromkeys(places) if one != letter.issuer_id]


def reach(letter: Letter, named: Mapping[str, int]) -> dict[str, list[int]]:
    """Bring in those whom the letter is for once it is out; nobody reads a draft."""
    return {RECEIVER: receivers(letter)} if letter.state == LetterState.ISSUED else {}


def send(moment: Moment) -> None:
    """Issue the paper with its number, in the transaction of the step."""
    letter: Letter = moment.case
    paper = issue(letter, f"letter.{letter.sort}", by=moment.actor)
    moment.set(document_number=paper.number)


def note_signing(moment: Moment) -> None:
    moment.set(signed_by=moment.actor.name, issued_on=clock.today())


def acknowledge(moment: Moment) -> None:
    """Let the receiver have received it."""
    join(moment.case, moment.actor.institution_id, INFORMED)
    leave(moment.case, moment.actor.institution_id, RECEIVER)
