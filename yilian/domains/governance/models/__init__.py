"""The nouns of governance."""

from yilian.domains.governance.models.agenda import AgendaPoint
from yilian.domains.governance.models.assignment import Assignment, AssignmentState
from yilian.domains.governance.models.meeting import Attendee, Form, HeldMeeting, Meeting, MeetingState, Reply
from yilian.domains.governance.models.motion import Ballot, Choice, Matter, Motion, MotionState, Outcome

__all__ = [
    "AgendaPoint",
    "Assignment",
    "AssignmentState",
    "Attendee",
    "Ballot",
    "Choice",
    "Form",
    "HeldMeeting",
    "Matter",
    "Meeting",
    "MeetingState",
    "Motion",
    "MotionState",
    "Outcome",
    "Reply",
]
