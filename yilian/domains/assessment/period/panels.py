"""The cards of a period: how far each member is, which data are missing, and the published ranking."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from yilian.domains.assessment.models import AssessmentPeriod, PeriodState, Sheet
from yilian.domains.assessment.period.ranking import weights_of
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.case_type import Panel, case_types


def progress(period: AssessmentPeriod, actor: Actor) -> dict[str, Any] | None:
    """Return the sheets that the reader sees: offices all of them, a member its own."""
    rows = Sheet.objects.filter(period=period.pk).select_related("member").order_by("rank", "number")
    kind = case_types["assessment"]
    lines = [(row, kind.state_title(row.state), kind.tone(row.state)) for row in rows]
    return {"lines": lines, "period": period} if lines else None


def coverage(period: AssessmentPeriod, actor: Actor) -> dict[str, Any] | None:
    """Return the items that some members have no data of."""
    if period.state in (PeriodState.DRAFT, PeriodState.CANCELLED) or actor.institution_id not in (
        period.lead_id, period.authority_id,
    ):  # fmt: skip
        return None
    return {"lines": period.coverage, "period": period}


def ranking(period: AssessmentPeriod, actor: Actor) -> dict[str, Any] | None:
    """Return the published table in the order of the scheme, to everybody who takes part; sheets as far as one sees."""
    table = period.results
    if not table:
        return None
    titles = [title for title in weights_of(period.items) if title in table["groups"]]
    sheets = {row.member_id: row for row in Sheet.objects.filter(period=period.pk)}
    return {
        "period": period,
        "titles": titles,
        "lines": [(line, scores_of(line, titles), sheets.get(line["institution"])) for line in table["lines"]],
        "means": scores_of(table, titles),
        "total": table["total"],
    }


def scores_of(row: Mapping[str, Any], titles: Iterable[str]) -> list[tuple[str, str | None]]:
    """Return the scores of a line under their titles: a stored mapping does not keep its order."""
    return [(title, row["groups"].get(title)) for title in titles]


PANELS = (
    Panel("ranking", _("考核结果"), "assessment/ranking.html", ranking),
    Panel("progress", _("成员进度"), "assessment/progress.html", progress),
    Panel("coverage", _("数据完整性"), "assessment/coverage.html", coverage),
)
