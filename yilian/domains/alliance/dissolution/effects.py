"""What a dissolution leaves behind: the order, and the end of consortium, memberships and agreements."""

from yilian.domains.alliance.models import Agreement, Cause, Dissolution, DissolutionState, Ending
from yilian.domains.alliance.overseers import authority_of, lead_of_consortium
from yilian.kernel import clock
from yilian.kernel.workflow.moment import Moment
from yilian.registry.memberships import end_consortium


def sides_and_cause(dissolution: Dissolution) -> dict[str, object]:
    """Return the lead, the competent authority, and the cause that follows from who opened the case."""
    if dissolution.state != DissolutionState.DRAFT:
        return {}
    found = lead_of_consortium(dissolution) if dissolution.consortium else {}
    if not dissolution.cause:
        found["cause"] = str(Cause.FAILED if dissolution.authority_id else Cause.VOLUNTARY)
    if found.get("cause", dissolution.cause) == Cause.VOLUNTARY and dissolution.consortium:
        authority = authority_of(dissolution.consortium)
        found["authority_id"] = authority.pk if authority else None
    return found


def note_order(moment: Moment) -> None:
    """Make the order, or the consent, a public row: from now on the consortium is being wound up."""
    dissolution: Dissolution = moment.case
    Ending.objects.create(
        consortium=dissolution.consortium,
        cause=dissolution.cause,
        ordered_on=clock.today(),
        number=dissolution.order_number,
        case_id=dissolution.pk,
    )
    moment.set(ordered_on=clock.today())


def end(moment: Moment) -> None:
    """End the consortium with its memberships and agreements; plaques lapse by the dates written here."""
    dissolution: Dissolution = moment.case
    consortium, day = dissolution.consortium, dissolution.dissolved_on
    end_consortium(consortium, by=moment.actor, on=day)
    Agreement.objects.filter(consortium=consortium, ended_on=None).update(ended_on=day)
    Ending.objects.filter(consortium=consortium).update(ended_on=day)
