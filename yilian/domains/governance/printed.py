"""What the papers of a meeting say, as plain values."""

from typing import Any

from django.utils.translation import gettext as _

from yilian.domains.governance.meeting.attendance import expected
from yilian.domains.governance.meeting.drafting import open_tasks
from yilian.domains.governance.models import Assignment, Form, Meeting
from yilian.kernel import clock
from yilian.kernel.workflow.models import Case


def of_notice(case: Case) -> dict[str, Any]:
    """Return the call to a meeting with its agenda."""
    meeting = Meeting.objects.select_related("consortium", "lead").get(pk=case.pk)
    when = clock.local(meeting.starts_at).strftime("%Y-%m-%d %H:%M") if meeting.starts_at else ""
    names = [line.institution.name for line in expected(meeting) if line.institution.pk != meeting.lead_id]
    agenda = [f"{number}. {_entry(row)}" for number, row in enumerate(meeting.agenda, 1)]
    tasks = [f"{number}. {_task(task)}" for number, task in enumerate(open_tasks(meeting), 1)]
    return _letter(
        _("关于召开{name}的通知").format(name=meeting.subject),
        "、".join(names),
        _("定于召开{name}（{form}），现将有关事项通知如下：").format(
            name=meeting.subject, form=Form(meeting.form).label
        ),
        _("一、时间：{when}").format(when=when),
        _("二、地点：{place}").format(place=meeting.place),
        _("三、议程："),
        *agenda,
        *([_("未办结的决议事项："), *tasks] if tasks else []),
        _("四、请于会前在系统中答复；不能参加的请委派他人或说明理由。"),
        meeting.remarks,
    )


def of_minutes(case: Case) -> dict[str, Any]:
    """Return the approved minutes."""
    meeting = Meeting.objects.select_related("consortium").get(pk=case.pk)
    names = "、".join(line.institution.name for line in expected(meeting))
    title = _("{name}纪要").format(name=meeting.subject)
    return _letter(title, "", *meeting.minutes.splitlines(), copies=names)


def _entry(row: dict[str, Any]) -> str:
    who = _("（{name}）").format(name=row["speaker"]) if row.get("speaker") else ""
    return f"{row.get('item', '')}{who}"


def _task(task: Assignment) -> str:
    return _("{what}（{doer}，{until} 前）").format(what=task.what, doer=task.doer, until=task.until_on)


def _letter(title: str, to: str, *paragraphs: str, copies: str = "") -> dict[str, Any]:
    return {"title": title, "to": to or None, "body": [text for text in paragraphs if text], "copies": copies or None}
