"""The cards of a project: its plan with a bar chart, its budget, its changes, its evaluations."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from yilian.domains.project.evaluating import MARKS
from yilian.domains.project.gantt import Span, charted
from yilian.domains.project.models import Evaluation, Grade, Milestone, Project, ProjectState
from yilian.domains.project.plan import costs, planned, total
from yilian.domains.project.reading import in_force, standing_of
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.case_type import Panel
from yilian.registry.models import Practitioner

RECENT = 20
DONE, LATE, OPEN, AHEAD = "done", "late", "open", "ahead"
STANDINGS = {
    DONE: (_("已完成"), "success"),
    LATE: (_("已逾期"), "danger"),
    OPEN: (_("进行中"), "primary"),
    AHEAD: (_("未开始"), "default"),
}
GRADES = {Grade.EXCELLENT: "success", Grade.GOOD: "primary", Grade.PASSED: "info", Grade.FAILED: "danger"}


def standing(milestone: Milestone) -> str:
    """Return how a milestone stands today."""
    today = clock.today()
    if milestone.done_on:
        return DONE
    if milestone.due_on < today:
        return LATE
    return OPEN if milestone.starts_on <= today else AHEAD


def plan(project: Project, actor: Actor) -> dict[str, Any] | None:
    """Return the milestones in force on a scale with today, each with its latest report."""
    rows = list(in_force(project).select_related("doer", "responsible"))
    if not rows:
        return None
    latest = {report.milestone_id: report for report in project.reports.all()}
    for row in rows:
        row.latest = latest.get(row.pk)  # type: ignore[attr-defined]
    chart = charted([Span(row, row.starts_on, row.due_on, standing(row)) for row in rows], clock.today())
    done = sum(row.done_on is not None for row in rows)
    return {"chart": chart, "standings": STANDINGS, "done": done, "count": len(rows), "today": clock.today()}


def proposal(project: Project, actor: Actor) -> dict[str, Any] | None:
    """Return the plan, or the change of it, that waits to be confirmed."""
    if project.state not in (ProjectState.CONFIRMING, ProjectState.CHANGING):
        return None
    rows = planned(project.schedule)
    people = Practitioner.objects.select_related("institution").in_bulk([row.responsible for row in rows])
    lines = costs(project.costs)
    return {
        "project": project,
        "rows": [(row, people.get(row.responsible)) for row in rows],
        "lines": lines,
        "total": total(lines),
        "is_change": project.state == ProjectState.CHANGING,
    }


def budget(project: Project, actor: Actor) -> dict[str, Any] | None:
    """Return the lines of the budget with what was spent, and the latest entries."""
    rows = standing_of(project)
    if not rows:
        return None
    spendings = project.spendings.select_related("line", "institution").order_by("-spent_on", "-pk")[:RECENT]
    planned_sum = sum(row.line.planned for row in rows)
    spent = sum(row.spent for row in rows)
    return {
        "rows": rows,
        "planned": planned_sum,
        "spent": spent,
        "left": planned_sum - spent,
        "spendings": spendings,
    }


def changes(project: Project, actor: Actor) -> dict[str, Any] | None:
    """Return the changes of plan that were approved or refused."""
    rows = list(project.amendments.all())
    return {"rows": [(row, _sum(row.before), _sum(row.after)) for row in rows]} if rows else None


def _sum(stand: dict[str, Any]) -> Any:
    return total(costs(stand["costs"]))


def evaluations(project: Project, actor: Actor) -> dict[str, Any] | None:
    """Return the evaluations with their marks and weights."""
    rows = list(project.evaluations.all())
    return {"rows": [_evaluation(row) for row in rows]} if rows else None


def _evaluation(row: Evaluation) -> dict[str, Any]:
    marks = [(MARKS[key], mark, row.weights[key]) for key, mark in row.marks.items() if key in MARKS]
    return {"row": row, "marks": marks, "grade": row.get_grade_display(), "tone": GRADES[Grade(row.grade)]}


PANELS = (
    Panel("plan", _("计划与进度"), "project/card_plan.html", plan),
    Panel("proposal", _("待确认的计划"), "project/card_proposal.html", proposal),
    Panel("budget", _("预算与支出"), "project/card_budget.html", budget),
    Panel("evaluations", _("评价与反馈"), "project/card_evaluations.html", evaluations),
    Panel("changes", _("计划变更"), "project/card_changes.html", changes),
)
