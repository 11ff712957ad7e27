"""The nouns of governance."""

from yilian.domains.governance.models.agenda import AgendaPoint
from yilian.domains.governance.models.assignment import Assignment, AssignmentState
from yilian.domains.governance.models.body import Body, BodyKind, Contact, Position, Seat
from yilian.domains.governance.models.founding import (
    Appointment,
    AppointmentState,
    Change,
    Founding,
    FoundingState,
    Way,
)
from yilian.domains.governance.models.meeting import Attendee, Form, HeldMeeting, Meeting, MeetingState, Reply
from yilian.domains.governance.models.motion import (
    Ballot,
    BallotBox,
    Ballots,
    Choice,
    Matter,
    Motion,
    MotionState,
    Outcome,
)
from yilian.domains.governance.models.opinion import Remark, RemarkState

__all__ = [
    "AgendaPoint",
    "Appointment",
    "AppointmentState",
    "Assignment",
    "AssignmentState",
    "Attendee",
    "Ballot",
    "BallotBox",
    "Ballots",
    "Body",
    "BodyKind",
    "Change",
    "Choice",
    "Contact",
    "Form",
    "Founding",
    "FoundingState",
    "HeldMeeting",
    "Matter",
    "Meeting",
    "MeetingState",
    "Motion",
    "MotionState",
    "Outcome",
    "Position",
    "Remark",
    "RemarkState",
    "Reply",
    "Seat",
    "Way",
]
