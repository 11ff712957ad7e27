"""What follows from the call of a meeting, the answers to it, and its being held."""

from collections.abc import Mapping

from yilian.domains.governance.meeting.attendance import ANSWERED, INVITED, expected, invited
from yilian.domains.governance.meeting.drafting import draft
from yilian.domains.governance.models import Attendee, HeldMeeting, Meeting, Reply
from yilian.kernel import clock
from yilian.kernel.workflow.moment import Moment
from yilian.kernel.workflow.parties import join, leave


def those_invited(meeting: Meeting, named: Mapping[str, int]) -> dict[str, list[int]]:
    """Return the invited side."""
    return {INVITED: invited(meeting)}


def count_the_lead_in(moment: Moment) -> None:
    """Whoever calls a meeting comes to it."""
    _attendee(moment, reply=Reply.ATTEND, person=moment.actor.name)


def keep_reply(moment: Moment) -> None:
    """Keep the answer; the institution has nothing left to do until the day."""
    answers = moment.answers
    declines = answers.get("reply") == Reply.DECLINE
    _attendee(
        moment,
        reply=answers.get("reply"),
        person="" if declines else answers.get("person") or "",
        reason=answers.get("reason") or "" if declines else "",
    )
    _move(moment)


def sign_in(moment: Moment) -> None:
    """Note who is there for an institution, whether it has answered the call or not."""
    meeting: Meeting = moment.case
    signed = {"person": moment.answers.get("signed_by"), "signed_at": moment.at}
    if not meeting.attendees.filter(institution_id=moment.actor.institution_id).update(**signed):
        _attendee(moment, **signed)
    _move(moment)


def hold(moment: Moment) -> None:
    """Keep who was there, draft the minutes, and leave the public line that obligations rest on."""
    meeting: Meeting = moment.case
    lines, day = expected(meeting), clock.today()
    moment.set(held_on=day, expected=len(lines), present=sum(line.is_present for line in lines))
    moment.set(minutes=draft(meeting, lines))
    HeldMeeting.objects.create(
        consortium_id=meeting.consortium_id, form=meeting.form, subject=meeting.subject, held_on=day, case_id=meeting.pk
    )


def _attendee(moment: Moment, **facts: object) -> None:
    Attendee.objects.create(case=moment.case, institution_id=moment.actor.institution_id, **facts)


def _move(moment: Moment) -> None:
    """Let an institution that was only invited be one that has answered."""
    meeting, place = moment.case, moment.actor.institution_id
    code = meeting.case_type.side(INVITED).code
    if any((row.institution_id, row.side) == (place, code) for row in meeting.taking_part()):
        join(meeting, place, ANSWERED)
        leave(meeting, place, INVITED)
