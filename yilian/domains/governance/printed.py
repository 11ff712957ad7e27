"""What the papers of meetings and motions say, as the values of the fields that their wordings name."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from yilian.domains.governance.meeting.attendance import expected
from yilian.domains.governance.meeting.drafting import open_tasks
from yilian.domains.governance.membership import members_today
from yilian.domains.governance.models import Assignment, Form, Matter, Meeting, Motion
from yilian.domains.governance.motion.electorate import recounted
from yilian.kernel import clock
from yilian.kernel.documents.days import written
from yilian.kernel.rules.parameter import parameters
from yilian.kernel.workflow.models import Case
from yilian.registry.models import Institution


def of_notice(case: Case) -> dict[str, Any]:
    """Return the call to a meeting with its agenda."""
    meeting = Meeting.objects.select_related("consortium", "lead").get(pk=case.pk)
    tasks = [f"{number}. {_task(task)}" for number, task in enumerate(open_tasks(meeting), 1)]
    return {
        "会议名称": meeting.subject,
        "会议类型": str(Form(meeting.form).label),
        "受邀单位": [line.institution.name for line in expected(meeting) if line.institution.pk != meeting.lead_id],
        "开会时间": written(meeting.starts_at),
        "地点": meeting.place,
        "议程": [f"{number}. {_entry(row)}" for number, row in enumerate(meeting.agenda, 1)],
        "未办结事项": [_("未办结的决议事项："), *tasks] if tasks else [],
        "会议要求": meeting.remarks.splitlines(),
    }


def of_minutes(case: Case) -> dict[str, Any]:
    """Return the approved minutes."""
    meeting = Meeting.objects.select_related("consortium").get(pk=case.pk)
    names = [line.institution.name for line in expected(meeting)]
    return {"会议名称": meeting.subject, "参会单位": names, "纪要": meeting.minutes.splitlines()}


def of_resolution(case: Case) -> dict[str, Any]:
    """Return what was passed, by how many votes, and what follows from it."""
    motion = Motion.objects.select_related("consortium").get(pk=case.pk)
    tally, keys = recounted(motion), members_today(motion.consortium_id)
    votes = _("赞成 {yes} 票，反对 {no} 票，弃权 {abstained} 票")
    names = Institution.objects.filter(pk__in=keys).order_by("pk").values_list("name", flat=True)
    return {
        "议题": motion.subject,
        "议案编号": motion.number,
        "医联体": motion.consortium.name if motion.consortium else "",
        "成员单位": list(names),
        "计票日期": written(clock.local(motion.since).date()),
        "表决方式": str(motion.get_voting_display()),
        "票数": votes.format(yes=tally.in_favour, no=tally.against, abstained=tally.abstained),
        "议案内容": motion.text.splitlines(),
        "修改的参数": _change(motion),
        "决议事项数": _("共 {n} 项").format(n=len(motion.tasks)) if motion.tasks else "",
        "决议事项": _orders(motion),
    }


def _change(motion: Motion) -> str:
    """Say which parameter is set to what, from when."""
    parameter = parameters.get(motion.parameter) if motion.matter == Matter.PARAMETER else None
    if parameter is None:
        return ""
    value, day = parameter.shown(parameter.read(motion.value)), motion.effective_on
    words = _("“{title}”改为{value}，自 {day} 起执行。") if day else _("“{title}”改为{value}，自计票之日起执行。")
    return words.format(title=parameter.title, value=value, day=written(day))


def _orders(motion: Motion) -> list[str]:
    places = dict(Institution.objects.filter(pk__in=[row["doer"] for row in motion.tasks]).values_list("pk", "name"))
    words = _("{number}. {what}（{doer}，{until}前）")
    return [
        words.format(
            number=number,
            what=row["what"],
            doer=places.get(row["doer"], ""),
            until=written(date.fromisoformat(str(row["until_on"]))),
        )
        for number, row in enumerate(motion.tasks, 1)
    ]


def _entry(row: dict[str, Any]) -> str:
    who = _("（{name}）").format(name=row["speaker"]) if row.get("speaker") else ""
    return f"{row.get('item', '')}{who}"


def _task(task: Assignment) -> str:
    return _("{what}（{doer}，{until}前）").format(what=task.what, doer=task.doer, until=written(task.until_on))
