"""The cards of a report: its numbers with charts, and what was said about them."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from yilian.domains.qualityreport.drawing import Control
from yilian.domains.qualityreport.models import QualityReport, ReportState
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.case_type import Panel
from yilian.registry.regulations import S1

DRAWN = 6
"""Charts beside those of outliers."""


def numbers(report: QualityReport, actor: Actor) -> dict[str, Any]:
    """Return the lines, those with findings first, and the charts that are drawn."""
    lines = list(report.lines.all())
    return {"report": report, "lines": lines, "charts": charts(lines), "cite": S1.article("5")}


def charts(lines: list[Any]) -> list[Control]:
    """Return the charts of all outliers and of a few more lines with limits."""
    out = [line for line in lines if line.findings]
    rest = [line for line in lines if not line.findings and line.chart and not _is_flat(line)]
    return [Control(line) for line in (*out, *rest[: max(0, DRAWN - len(out))])]


def _is_flat(line: Any) -> bool:
    """Say whether every month came to the same: such a chart shows nothing."""
    return len({value for _month, value, *_limits in line.points if value is not None}) < 2


def opinion(report: QualityReport, actor: Actor) -> dict[str, Any] | None:
    """Return comments and measures once there are any."""
    return {"report": report} if report.comments or report.measures else None


def is_public(report: QualityReport) -> bool:
    """Say whether the report has been published."""
    return report.state in (ReportState.PUBLISHED, ReportState.ACKNOWLEDGED)


def plain(number: Decimal | None) -> str:
    """Return a number without idle zeros; an empty text for none."""
    return "" if number is None else format(number.normalize(), "f")


PANELS = (
    Panel("opinion", _("意见与措施"), "qualityreport/opinion.html", opinion),
    Panel("numbers", _("指标与控制图"), "qualityreport/numbers.html", numbers),
)
