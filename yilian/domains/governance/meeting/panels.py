"""The cards of a meeting: who comes, what is decided there, and its minutes."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from yilian.domains.governance.agenda import coming
from yilian.domains.governance.meeting.attendance import expected, quorum_of
from yilian.domains.governance.meeting.drafting import open_tasks
from yilian.domains.governance.models import Meeting, MeetingState, Motion
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.case_type import Panel


def attendance(meeting: Meeting, actor: Actor) -> dict[str, Any] | None:
    """Return a line an institution with its answer and its signature."""
    if meeting.state == MeetingState.DRAFT:
        return None
    lines = expected(meeting)
    present = sum(line.is_present for line in lines)
    shows = meeting.state == MeetingState.CALLED and actor.institution_id == meeting.lead_id
    code = f"/meetings/{meeting.pk}/code/" if shows else ""
    return {"lines": lines, "all": len(lines), "present": present, "quorum": quorum_of(meeting), "code": code}


def motions(meeting: Meeting, actor: Actor) -> dict[str, Any] | None:
    """Return the motions that name this meeting, as far as the reader sees them."""
    found = list(Motion.objects.filter(sitting=meeting.pk).order_by("pk"))
    return {"motions": found} if found else None


def tasks(meeting: Meeting, actor: Actor) -> dict[str, Any] | None:
    """Return the open tasks of earlier resolutions, as far as the reader sees them, while the meeting is open."""
    found = list(open_tasks(meeting)) if meeting.open and meeting.consortium_id else []
    return {"tasks": found} if found else None


def upcoming(meeting: Meeting, actor: Actor) -> dict[str, Any] | None:
    """Return what the call will add to the agenda by itself, while the meeting is being prepared."""
    points = coming(meeting) if meeting.state == MeetingState.DRAFT else []
    return {"points": points} if points else None


def minutes(meeting: Meeting, actor: Actor) -> dict[str, Any] | None:
    """Return the minutes once there are some."""
    if not meeting.minutes:
        return None
    return {"text": meeting.minutes, "is_final": meeting.state == MeetingState.APPROVED}


PANELS = (
    Panel("coming", _("发出通知时自动列入议程"), "governance/coming.html", upcoming),
    Panel("attendance", _("参会情况"), "governance/attendance.html", attendance),
    Panel("motions", _("提交本次会议的议案"), "governance/motions.html", motions),
    Panel("tasks", _("未办结的决议事项"), "governance/tasks.html", tasks),
    Panel("minutes", _("会议纪要"), "governance/minutes.html", minutes),
)
