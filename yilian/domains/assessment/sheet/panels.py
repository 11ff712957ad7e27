"""The card of a sheet: the tree of the scheme with value, claim, mark, score and what was said of each line."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from yilian.domains.assessment.models import RemarkKind, Sheet
from yilian.domains.assessment.remarks import by_item
from yilian.domains.assessment.scoring import result_of
from yilian.domains.assessment.wording import KINDS, UNKNOWN, mark_words, value_words
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.case_type import Panel
from yilian.registry.suspicions import checks


def tree(sheet: Sheet, actor: Actor) -> dict[str, Any] | None:
    """Return the lines in groups of the first tier, with the points each group comes to so far."""
    if sheet.period is None:
        return None
    result = sheet.result or result_of(sheet)
    own = result_of(sheet, sheet.claims) if sheet.claims else None
    said = by_item(sheet)
    groups: dict[str, list[dict[str, Any]]] = {}
    for item in sheet.period.items:
        line = _line(sheet, item, result) | {"remarks": said.get(item["key"], [])}
        groups.setdefault(item["path"][0], []).append(line)
    return {
        "groups": [(title, lines, result["groups"].get(title)) for title, lines in groups.items()],
        "result": result, "own": own, "is_draft": sheet.result is None, "sheet": sheet,
        "points": sheet.points,
    }  # fmt: skip


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
    }


def flags(sheet: Sheet, actor: Actor) -> dict[str, Any] | None:
    """Return what looks odd, with the member's word on it."""
    rows = list(sheet.remarks.filter(kind=RemarkKind.FLAG).prefetch_related("answers"))
    lines = [(checks.get(row.check_key), row, list(row.answers.all())) for row in rows]
    return {"lines": lines} if lines else None


def plan(sheet: Sheet, actor: Actor) -> dict[str, Any] | None:
    """Return the improvement plan, what was reported of it and the verdict."""
    return {"sheet": sheet} if sheet.plan else None


PANELS = (
    Panel("tree", _("评分表"), "assessment/tree.html", tree),
    Panel("flags", _("疑点与说明"), "assessment/flags.html", flags),
    Panel("plan", _("改进计划"), "assessment/plan.html", plan),
)
