"""What the founding of a body leaves behind, who sees it, and its end."""

from collections.abc import Mapping

from yilian.domains.governance.bodies.seating import seat, sitting, vacate
from yilian.domains.governance.membership import members_today
from yilian.domains.governance.models import Body, Founding, Seat
from yilian.kernel import clock
from yilian.kernel.workflow.moment import Moment


def members(founding: Founding, named: Mapping[str, int]) -> dict[str, list[int]]:
    """Return the members, who see the body of their consortium."""
    places = members_today(founding.consortium_id)
    return {"member": [one for one in places if one != founding.lead_id]}


def found(moment: Moment) -> None:
    """Write the body and its seats."""
    founding: Founding = moment.case
    body = Body.objects.create(
        consortium_id=founding.consortium_id, kind=founding.sort, name=founding.name, seated_in=founding.seated_in,
        since_on=founding.since_on, case_id=founding.pk,
    )  # fmt: skip
    seat(body, founding.seats, since=body.since_on, until=founding.term_until, case_id=founding.pk)
    moment.set(body_id=body.pk)


def dissolve(moment: Moment) -> None:
    """End the body and whoever still sits in it today."""
    body, today = moment.case.body, clock.today()
    vacate(Seat.objects.filter(pk__in=sitting(body.pk, today), until_on=None), last=today)
    Body.objects.filter(pk=body.pk).update(until_on=today)
