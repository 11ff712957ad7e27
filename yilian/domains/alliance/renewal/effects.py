"""What a renewal leaves behind: the next term of the council."""

from datetime import timedelta

from yilian.domains.alliance.founding import seat_council
from yilian.domains.alliance.models import Council, Renewal
from yilian.kernel.workflow.moment import Moment


def seat(moment: Moment) -> None:
    """Write the new term; a term still running ends the day before."""
    renewal: Renewal = moment.case
    last = Council.objects.filter(consortium=renewal.consortium_id).first()
    if last and last.until_on >= renewal.council_since:
        Council.objects.filter(pk=last.pk).update(until_on=renewal.council_since - timedelta(days=1))
    seat_council(renewal.consortium, renewal.council_since, renewal.seats, case_id=renewal.pk)
