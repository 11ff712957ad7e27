"""What projects ask of a body: whether to take one on, and whether to change its plan beyond what was approved."""

from django.utils.translation import gettext as _

from yilian.domains.project.models import Project, ProjectState
from yilian.domains.project.plan import costs, total
from yilian.registry.regulations import S0
from yilian.registry.resolutions import Matter, Question, matters

LEADING = ("leading", "committee", "council")
"""The kinds of bodies that decide about projects, in the order in which they are asked (S0 范本二 4.2)."""


def admission(project: Project) -> Question:
    """Ask whether a project that was screened is taken on."""
    lines = [
        _("申请单位：{name}").format(name=project.applicant),
        _("项目负责人：{name}").format(name=project.principal_name),
        _("起止日期：{first} 至 {last}").format(first=project.starts_on, last=project.ends_on),
        _("预算：{budget} 元").format(budget=f"{project.budget:,}"),
        _("目标：{text}").format(text=project.goals),
        _("预期成果：{text}").format(text=project.expected),
        _("初筛意见：{text}").format(text=project.screening),
    ]
    subject = _("合作项目立项：{name}").format(name=project.subject)
    return Question(LEADING, subject, "\n".join(lines), f"{S0.article('范本二 4.2')}，{project.number}")


def change(project: Project) -> Question:
    """Ask whether the plan of a project is changed as proposed."""
    lines = [
        _("变更理由：{text}").format(text=project.change_reason),
        _("预算：{before} 元变更为 {after} 元").format(
            before=f"{project.budget:,}", after=f"{total(costs(project.costs)):,}"
        ),
        _("结束日期：{before} 变更为 {after}").format(before=project.ends_on, after=project.new_end_on),
    ]
    subject = _("合作项目变更：{name}").format(name=project.subject)
    return Question(LEADING, subject, "\n".join(lines), f"{S0.article('范本二 4.3')}，{project.number}")


matters.add(Matter("project", ProjectState.DECIDING.value, "approve", "reject", admission))
matters.add(Matter("project", ProjectState.CHANGING.value, "approve_change", "refuse_change", change))
