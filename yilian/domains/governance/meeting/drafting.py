"""The first draft of the minutes: agenda, attendance and what was decided, as plain text that people finish."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Max, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from yilian.domains.governance.meeting.attendance import Line
from yilian.domains.governance.models import (
    Assignment,
    AssignmentState,
    HeldMeeting,
    Meeting,
    Motion,
    MotionState,
    Outcome,
)
from yilian.kernel import clock


def draft(meeting: Meeting, lines: list[Line]) -> str:
    """Return the draft, one paragraph a line, in the language of the installation."""
    with translation.override(settings.LANGUAGE_CODE):
        return "\n".join([*_attendance(meeting, lines), *_agenda(meeting), *_tasks(meeting), *decisions(meeting)])


def _attendance(meeting: Meeting, lines: list[Line]) -> list[str]:
    present = [line for line in lines if line.is_present]
    declined = [line for line in lines if line.has_declined]
    absent = [line for line in lines if not line.is_present and not line.has_declined]
    when = clock.local(meeting.starts_at).strftime("%Y-%m-%d %H:%M") if meeting.starts_at else ""
    text = _("{when}，{subject}在{place}召开。应到 {all} 家，实到 {present} 家。")
    found = [text.format(when=when, subject=meeting.subject, place=meeting.place, all=len(lines), present=len(present))]
    found.append(_("出席：{names}。").format(names=_listed(_named(line) for line in present)))
    if declined:
        found.append(_("请假：{names}。").format(names=_listed(_excused(line) for line in declined)))
    if absent:
        found.append(_("缺席：{names}。").format(names=_listed(line.institution.name for line in absent)))
    return found


def _agenda(meeting: Meeting) -> list[str]:
    rows = [_item(number, row.get("item", ""), row.get("speaker")) for number, row in enumerate(meeting.agenda, 1)]
    return [_("会议议程："), *rows] if rows else []


def _item(number: int, item: str, speaker: str | None) -> str:
    who = _("（{name}）").format(name=speaker) if speaker else ""
    return f"{number}. {item}{who}"


def decisions(meeting: Meeting) -> list[str]:
    """Return a line for each motion that names this meeting and has been counted, as far as the reader sees it."""
    motions = Motion.objects.filter(sitting=meeting.pk, state=MotionState.COUNTED).order_by("pk")
    rows = [_decision(motion) for motion in motions]
    return [_("议决事项："), *rows] if rows else []


def open_tasks(meeting: Meeting) -> QuerySet[Assignment]:
    """Return the tasks of the consortium's resolutions that are not settled, the earliest first."""
    rows = Assignment.objects.filter(consortium_id=meeting.consortium_id, open=True).exclude(
        state=AssignmentState.DRAFT
    )
    return rows.select_related("doer").order_by("until_on", "pk")


def _tasks(meeting: Meeting) -> list[str]:
    """Return a line for each task judged since the meeting before this one, and for each that is still open."""
    last = HeldMeeting.objects.filter(consortium=meeting.consortium_id).aggregate(last=Max("held_on"))["last"]
    judged = Assignment.objects.filter(consortium_id=meeting.consortium_id, open=False).select_related("doer")
    if last is not None:
        judged = judged.filter(since__date__gte=last)
    rows = [_task(number, task) for number, task in enumerate([*judged.order_by("pk"), *open_tasks(meeting)], 1)]
    return [_("决议事项办理情况："), *rows] if rows else []


def _task(number: int, task: Assignment) -> str:
    verdict = _("，{text}").format(text=task.verdict.strip("。")) if task.verdict else ""
    return _("{number}. {what}（{doer}，期限 {day}）：{state}{verdict}。").format(
        number=number, what=task.what, doer=task.doer, day=task.until_on, state=task.state_title, verdict=verdict
    )


def _decision(motion: Motion) -> str:
    tally = motion.tally
    return _("{number}《{subject}》：{outcome}（赞成 {yes}，反对 {no}，弃权 {abstained}，回避 {recused}）。").format(
        number=motion.number, subject=motion.subject, outcome=Outcome(motion.outcome).label, yes=tally["in_favour"],
        no=tally["against"], abstained=tally["abstained"], recused=tally["recused"],
    )  # fmt: skip


def _named(line: Line) -> str:
    person = line.attendee.person if line.attendee else ""
    return line.institution.name + (_("（{name}）").format(name=person) if person else "")


def _excused(line: Line) -> str:
    reason = line.attendee.reason if line.attendee else ""
    return line.institution.name + (_("（{name}）").format(name=reason) if reason else "")


def _listed(names: Iterable[str]) -> str:
    return _("、").join(names)
