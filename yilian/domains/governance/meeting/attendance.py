"""Who is expected at a meeting, who has answered, and who is there."""

from dataclasses import dataclass
from decimal import Decimal

from yilian.domains.governance.bodies.seating import sitting
from yilian.domains.governance.membership import members_today
from yilian.domains.governance.models import Attendee, Meeting, Reply
from yilian.domains.governance.parameters import MEETING_QUORUM
from yilian.kernel import clock
from yilian.kernel.rules.values import value_of
from yilian.registry.models import Institution

LEAD, INVITED, ANSWERED = "lead", "invited", "answered"


@dataclass(frozen=True)
class Line:
    """An institution that is expected, with its answer if it gave one."""

    institution: Institution
    attendee: Attendee | None

    @property
    def is_present(self) -> bool:
        return self.attendee is not None and self.attendee.signed_at is not None

    @property
    def has_declined(self) -> bool:
        return self.attendee is not None and self.attendee.reply == Reply.DECLINE and not self.is_present


def expected(meeting: Meeting) -> list[Line]:
    """Return a line for each institution that takes part and still is a member, the lead first."""
    places = {row.institution_id for row in meeting.taking_part()}
    if meeting.open:
        places &= {*members_today(meeting.consortium_id), meeting.lead_id}
    answers = {row.institution_id: row for row in meeting.attendees.all()}
    found = Institution.objects.in_bulk(places)
    order = sorted(places, key=lambda place: (place != meeting.lead_id, place))
    return [Line(found[place], answers.get(place)) for place in order]


def quorum_of(meeting: Meeting) -> Decimal:
    """Return the share of those expected that must be present, in per cent."""
    return Decimal(value_of(MEETING_QUORUM, consortium_id=meeting.consortium_id))


def invited(meeting: Meeting) -> list[int]:
    """Return whom the call goes to: those named, else those seated in its body, else every member; never the lead."""
    members = members_today(meeting.consortium_id)
    chosen = meeting.invitees or seated_in(meeting.body_id, members) or members
    return [one for one in chosen if one != meeting.lead_id]


def seated_in(body_id: int | None, members: list[int]) -> list[int]:
    """Return the members with a seat in a body today."""
    seats = sitting(body_id, clock.today()) if body_id else ()
    places = {seat.institution_id for seat in seats}
    return [one for one in members if one in places]
