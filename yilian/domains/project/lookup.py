"""The look-ups of a project: people who may be responsible, milestones to report or send back, lines to spend on."""

from typing import Any
from uuid import UUID

from django.db.models import Q

from yilian.domains.project.models import BudgetLine, Milestone, Project
from yilian.domains.project.reading import places
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.lookups import Found, Lookup, lookups
from yilian.registry.consortia import members_of
from yilian.registry.models import Practitioner

MOST = 20


def _number(value: Any) -> int | None:
    text = str(value or "")
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _project(context: dict[str, str]) -> Project | None:
    try:
        return Project.objects.filter(pk=UUID(context.get("case", ""))).first()
    except ValueError:
        return None


def _search_people(actor: Actor, text: str, source: str, context: dict[str, str]) -> list[Found]:
    """Return people of those who carry the project, or while it is written those of the consortium's members."""
    project = _project(context)
    if project is not None:
        where = places(project)
    else:
        consortium = _number(context.get("consortium"))
        where = [row.institution_id for row in members_of(consortium, clock.today())] if consortium else []
    rows, wanted = Practitioner.objects.filter(ended_on=None, institution__in=where), text.strip()
    if wanted:
        rows = rows.filter(Q(name__icontains=wanted) | Q(initials__istartswith=wanted.lower()))
    return [_person(row) for row in rows.select_related("institution").order_by("institution", "pk")[:MOST]]


def _person(row: Practitioner) -> Found:
    return Found(row.pk, f"{row.name}（{row.institution}）", row.title)


def _resolve_person(actor: Actor, value: Any, source: str) -> Found | None:
    rows = Practitioner.objects.select_related("institution").filter(ended_on=None)
    row = rows.filter(pk=_number(value)).first()
    return _person(row) if row else None


def _search_open(actor: Actor, text: str, source: str, context: dict[str, str]) -> list[Found]:
    return _milestones(text, context, is_open=True)


def _search_done(actor: Actor, text: str, source: str, context: dict[str, str]) -> list[Found]:
    return _milestones(text, context, is_open=False)


def _milestones(text: str, context: dict[str, str], *, is_open: bool) -> list[Found]:
    project = _project(context)
    if project is None:
        return []
    rows = project.milestones.filter(dropped_by=0, done_on__isnull=is_open, title__contains=text.strip())
    return [_milestone(row) for row in rows[:MOST]]


def _milestone(row: Milestone) -> Found:
    return Found(row.pk, row.title, row.due_on.isoformat())


def _resolve_milestone(actor: Actor, value: Any, source: str) -> Found | None:
    row = Milestone.objects.filter(pk=_number(value)).first()
    return _milestone(row) if row else None


def _search_lines(actor: Actor, text: str, source: str, context: dict[str, str]) -> list[Found]:
    project = _project(context)
    rows = project.lines.filter(title__contains=text.strip()) if project else BudgetLine.objects.none()
    return [_line(row) for row in rows[:MOST]]


def _line(row: BudgetLine) -> Found:
    return Found(row.pk, row.title, f"{row.planned:,}")


def _resolve_line(actor: Actor, value: Any, source: str) -> Found | None:
    row = BudgetLine.objects.filter(pk=_number(value)).first()
    return _line(row) if row else None


lookups.add(Lookup("project-person", _search_people, _resolve_person))
lookups.add(Lookup("project-milestone", _search_open, _resolve_milestone))
lookups.add(Lookup("project-milestone-done", _search_done, _resolve_milestone))
lookups.add(Lookup("project-line", _search_lines, _resolve_line))
