"""The cards of a sheet: the tree of the scheme with all that is known of a line, flags, the visit, the plan."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from yilian.domains.assessment.attachment_kinds import PHOTO
from yilian.domains.assessment.models import RemarkKind, Sheet
from yilian.domains.assessment.remarks import by_item
from yilian.domains.assessment.scoring import result_of
from yilian.domains.assessment.sheet.todo import may, todo_of
from yilian.domains.assessment.wording import KINDS, UNKNOWN, mark_words, value_words
from yilian.kernel.access.actor import Actor
from yilian.kernel.documents.models import Attachment
from yilian.kernel.workflow.case_type import Panel
from yilian.kernel.workflow.models import Case
from yilian.registry.suspicions import checks


def tree(sheet: Sheet, actor: Actor) -> dict[str, Any] | None:
    """Return the lines in groups of the first tier, with the points each group comes to so far."""
    if sheet.period is None:
        return None
    result = sheet.result or result_of(sheet)
    own = result_of(sheet, sheet.claims) if sheet.claims else None
    said = by_item(sheet)
    decided = {one["case"] for one in sheet.points if one.get("case")}
    seen = {str(case.pk): case for case in Case.objects.filter(pk__in=decided)} if decided else {}
    groups: dict[str, list[dict[str, Any]]] = {}
    for item in sheet.period.items:
        line = _line(sheet, item, result) | {"remarks": said.get(item["key"], [])}
        groups.setdefault(item["path"][0], []).append(line)
    return {
        "groups": [(title, lines, result["groups"].get(title)) for title, lines in groups.items()],
        "result": result, "own": own, "is_draft": sheet.result is None, "sheet": sheet,
        "points": [(one, _case_of(one, seen)) for one in sheet.points],
        "todo": todo_of(sheet, actor),
    }  # fmt: skip


def _case_of(point: Mapping[str, Any], seen: Mapping[str, Case]) -> Case | None:
    """Return the case that gave the points, if the reader sees it."""
    return seen.get(point.get("case") or "")


def _line(sheet: Sheet, item: dict[str, Any], result: dict[str, Any]) -> dict[str, Any]:
    data = sheet.lines.get(item["key"], {})
    return {
        "item": item,
        "kind": KINDS[item["kind"]],
        "unknown": UNKNOWN[item["unknown"]],
        "value": value_words(data, item),
        "claim": mark_words(sheet.claims.get(item["key"])),
        "mark": mark_words(sheet.marks.get(item["key"])),
        "score": result["lines"].get(item["key"]),
        "is_vetoed": item["key"] in result["vetoed"],
    }


def flags(sheet: Sheet, actor: Actor) -> dict[str, Any] | None:
    """Return what looks odd with the cases to look at, as far as the reader sees them, and the member's word on it."""
    rows = list(sheet.remarks.filter(kind=RemarkKind.FLAG).prefetch_related("answers"))
    seen = {case.pk: case for case in Case.objects.filter(pk__in={key for row in rows for key in row.cases})}
    lines = [
        {"check": checks.get(row.check_key), "row": row, "answers": list(row.answers.all()),
         "cases": [seen[key] for key in row.cases if key in seen],
         "hidden": sum(key not in seen for key in row.cases)}
        for row in rows
    ]  # fmt: skip
    return {"lines": lines, "sheet": sheet, "may_explain": may(sheet, "explain", actor)} if lines else None


def visit(sheet: Sheet, actor: Actor) -> dict[str, Any] | None:
    """Return who visited when, what was found, and the photos."""
    findings = list(sheet.remarks.filter(kind=RemarkKind.FINDING).select_related("institution").order_by("id"))
    photos = list(Attachment.objects.filter(case=sheet.pk, kind=PHOTO, removed_at=None))
    if sheet.inspected_on is None and not photos:
        return None
    titles = {item["key"]: item["title"] for item in sheet.period.items}
    return {"sheet": sheet, "findings": [(titles.get(row.item, ""), row) for row in findings], "photos": photos}


def words(sheet: Sheet, actor: Actor) -> dict[str, Any] | None:
    """Return what the member reports of itself and what the lead thinks of it."""
    return {"sheet": sheet} if sheet.self_report or sheet.opinion else None


def plan(sheet: Sheet, actor: Actor) -> dict[str, Any] | None:
    """Return the improvement plan, what was reported of it and the verdict."""
    return {"sheet": sheet} if sheet.plan else None


PANELS = (
    Panel("tree", _("评分表"), "assessment/tree.html", tree),
    Panel("flags", _("疑点与说明"), "assessment/flags.html", flags),
    Panel("visit", _("现场核查"), "assessment/visit.html", visit),
    Panel("words", _("自评报告与评审意见"), "assessment/words.html", words),
    Panel("plan", _("改进计划"), "assessment/plan.html", plan),
)
