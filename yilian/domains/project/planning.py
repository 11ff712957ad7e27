"""Putting a plan in force, and changing it: milestones and lines as rows, what was replaced kept with its change."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from yilian.domains.project.models import Amendment, BudgetLine, Milestone, Project
from yilian.domains.project.plan import costs, planned, total
from yilian.domains.project.reading import open_milestones
from yilian.kernel.workflow.moment import Moment
from yilian.registry.models import Practitioner


def adopt(project: Project) -> None:
    """Write the proposed milestones and lines; lines keep what was spent on them by their title."""
    _write_milestones(project)
    known = {row.title: row for row in project.lines.all()}
    given = {cost.title: cost.amount for cost in costs(project.costs)}
    for title, row in known.items():
        row.planned = given.get(title, type(row.planned)(0))
    BudgetLine.objects.bulk_update(known.values(), ["planned"])
    new = [title for title in given if title not in known]
    BudgetLine.objects.bulk_create(
        BudgetLine(case=project, serial=len(known) + number, title=title, planned=given[title])
        for number, title in enumerate(new, 1)
    )


def _write_milestones(project: Project) -> None:
    rows, first = planned(project.schedule), project.milestones.count()
    people = Practitioner.objects.in_bulk([row.responsible for row in rows])
    Milestone.objects.bulk_create(
        Milestone(
            case=project, serial=first + number, title=row.title, starts_on=row.starts_on, due_on=row.due_on,
            doer_id=people[row.responsible].institution_id, responsible_id=row.responsible, measure=row.measure,
        )
        for number, row in enumerate(rows, 1)
    )  # fmt: skip


def as_rows(milestones: Iterable[Milestone]) -> list[dict[str, Any]]:
    """Return milestones as the rows of the question that proposes them."""
    return [
        {
            "title": row.title, "starts_on": row.starts_on.isoformat(), "due_on": row.due_on.isoformat(),
            "responsible": row.responsible_id, "measure": row.measure,
        }
        for row in milestones
    ]  # fmt: skip


def cost_rows(lines: Iterable[BudgetLine]) -> list[dict[str, Any]]:
    """Return the lines that plan something as the rows of the question that proposes them."""
    return [{"title": row.title, "amount": str(row.planned)} for row in lines if row.planned]


def _stand(project: Project, end: date | None, schedule: Any, lines: Any) -> dict[str, Any]:
    return {"ends_on": end.isoformat() if end else None, "schedule": schedule, "costs": lines}


def approve(moment: Moment) -> None:
    """Put the proposed change in force: open milestones give way to the proposed ones, the budget to the new sum."""
    project: Project = moment.case
    row = _amendment(moment, is_approved=True)
    open_milestones(project).update(dropped_by=row.number)
    adopt(project)
    moment.set(ends_on=project.new_end_on or project.ends_on, budget=total(costs(project.costs)))
    _settle(moment)


def refuse(moment: Moment) -> None:
    """Keep the refused proposal and take it back from the form."""
    _amendment(moment, is_approved=False)
    _settle(moment)


def _amendment(moment: Moment, *, is_approved: bool) -> Amendment:
    project: Project = moment.case
    before = _stand(project, project.ends_on, as_rows(open_milestones(project)), cost_rows(project.lines.all()))
    after = _stand(project, project.new_end_on or project.ends_on, project.schedule, project.costs)
    decider = moment.answers.get("decided_by") or f"{moment.actor.institution_name} {moment.actor.name}"
    reason = "\n".join(part for part in (project.change_reason, moment.answers.get("return_reason")) if part)
    return Amendment.objects.create(
        case=project, number=project.amendments.count() + 1, reason=reason, is_approved=is_approved, before=before,
        after=after, decided_by=decider[:200], at=moment.at,
    )  # fmt: skip


def _settle(moment: Moment) -> None:
    """Let the form propose what is in force."""
    project: Project = moment.case
    moment.set(
        schedule=as_rows(open_milestones(project)), costs=cost_rows(project.lines.all()), new_end_on=project.ends_on,
        change_reason="",
    )  # fmt: skip
