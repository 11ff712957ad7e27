"""Who takes part in a dispute, and what its steps keep."""

from collections.abc import Mapping

from yilian.domains.dispute.models import Dispute, DisputeState, Session
from yilian.kernel import clock
from yilian.kernel.workflow.conversation import link
from yilian.kernel.workflow.models import Case
from yilian.kernel.workflow.moment import Moment
from yilian.registry import resolutions
from yilian.registry.consortia import lead_of


def usual_mediator(case: Case) -> dict[str, object]:
    """Return the mediator: whoever was named, else the lead, unless it is a party itself."""
    if case.mediator_id is not None or case.consortium_id is None:  # type: ignore[attr-defined]
        return {}
    lead = lead_of(case.consortium_id, clock.today())
    parties = (case.claimant_id, case.respondent_id)  # type: ignore[attr-defined]
    return {"mediator_id": lead.pk} if lead and case.respondent_id and lead.pk not in parties else {}  # type: ignore[attr-defined]


def respondent(dispute: Dispute, named: Mapping[str, int]) -> dict[str, list[int]]:
    """Return the respondent once the dispute is accepted; before that nobody learns of it but the mediator."""
    if dispute.state != DisputeState.ANSWERING or dispute.respondent_id is None:
        return {}
    return {"respondent": [dispute.respondent_id]}


def keep_session(moment: Moment) -> None:
    """Keep the record of a session; the appointment for it is used up."""
    answers = moment.answers
    Session.objects.create(
        case=moment.case, held_on=answers.get("held_on"), present=answers.get("present"),
        record=answers.get("record"), written_by=moment.actor.name, written_at=moment.at,
    )  # fmt: skip
    moment.set(next_at=None, next_place="")


def ask_anew(moment: Moment) -> None:
    """Nobody has agreed to a new proposal yet."""
    moment.set(claimant_agrees=None, respondent_agrees=None)


def note_agreement(moment: Moment) -> None:
    """Note that the actor's side agrees to the proposal."""
    is_claimant = moment.actor.institution_id == moment.case.claimant_id
    moment.set(**{"claimant_agrees" if is_claimant else "respondent_agrees": True})


def link_agreement(moment: Moment) -> None:
    """Tie the dispute to the agreement it is about: each is found from the other by whoever sees both."""
    dispute: Dispute = moment.case
    agreement = Case.objects.filter(pk=dispute.about_agreement).first() if dispute.about_agreement else None
    if agreement is not None:
        link(agreement, dispute, "leads_to")


def put_to_body(moment: Moment) -> None:
    """Draft the motion that decides."""
    resolutions.put(moment.case, by=moment.actor)


def undecide(moment: Moment) -> None:
    """Nobody has decided: the resolution failed, and the draft is open to be written anew."""
    moment.set(decided_by="")


def note_end(moment: Moment) -> None:
    moment.set(ended_on=clock.today())
