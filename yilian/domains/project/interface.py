"""Projects in the JSON interface: the plan in force with its milestones, its budget and what was spent."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Router

from yilian.domains.project.models import Milestone, Project
from yilian.domains.project.panels import standing
from yilian.domains.project.reading import in_force, standing_of
from yilian.kernel.api.document.components import NUMBER, TEXT, record, ref, several
from yilian.kernel.api.document.describe import described
from yilian.kernel.api.entrance import ApiRequest
from yilian.kernel.api.problems import not_found
from yilian.kernel.api.reply import reply
from yilian.kernel.api.routers import ApiPart, api_parts

router = Router()


@router.get("/{uuid:project_id}/plan", openapi_extra=described(
    _("合作项目的计划与预算"), tag="projects", answer="ProjectPlan", problems=("not-found",),
))  # fmt: skip
def plan(request: ApiRequest, project_id: UUID) -> HttpResponse:
    """Return the milestones in force and the budget; amounts are texts of yuan with two decimals."""
    project = Project.objects.filter(pk=project_id).first()
    if project is None:
        raise not_found()
    rows = in_force(project).select_related("responsible")
    lines = [
        {"title": line.line.title, "planned": str(line.line.planned), "spent": str(line.spent), "left": str(line.left)}
        for line in standing_of(project)
    ]
    return reply({"milestones": [_milestone(row) for row in rows], "lines": lines, "next_on": project.next_on})


def _milestone(row: Milestone) -> dict[str, Any]:
    return {
        "number": row.pk, "title": row.title, "starts_on": row.starts_on, "due_on": row.due_on,
        "institution": row.doer_id, "responsible": row.responsible.name, "measure": row.measure,
        "done_on": row.done_on, "standing": standing(row),
    }  # fmt: skip


def _schemas() -> dict[str, Any]:
    day = {"type": "string", "format": "date"}
    maybe = {"type": ["string", "null"], "format": "date"}
    stands = {"type": "string", "enum": ["done", "late", "open", "ahead"]}
    milestone = record(number=NUMBER, title=TEXT, starts_on=day, due_on=day, institution=NUMBER, responsible=TEXT,
                       measure=TEXT, done_on=maybe, standing=stands)  # fmt: skip
    line = record(title=TEXT, planned=TEXT, spent=TEXT, left=TEXT)
    whole = record(milestones=several(ref("ProjectMilestone")), lines=several(ref("ProjectLine")), next_on=maybe)
    return {"ProjectMilestone": milestone, "ProjectLine": line, "ProjectPlan": whole}


api_parts.add(ApiPart("projects", _("合作项目"), router, _schemas))
