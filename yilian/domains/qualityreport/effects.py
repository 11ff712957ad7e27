"""What follows when a report is commented, published and acknowledged, and who may see it."""

from collections.abc import Mapping
from typing import Any

from yilian.domains.qualityreport.models import QualityReport, ReportState
from yilian.domains.qualityreport.writing import write_lines
from yilian.kernel import clock
from yilian.kernel.documents.issuing import issue
from yilian.kernel.workflow.moment import Moment
from yilian.registry.consortia import authority_for
from yilian.registry.models import Institution

PAPER = "qualityreport.report"


def slot_of(report: QualityReport) -> Mapping[str, Any]:
    """Return the place that this report takes: one for each consortium, member or department, and quarter."""
    if report.consortium_id is None or report.member_id is None or report.state == ReportState.WITHDRAWN:
        return {}
    inside = f":{report.department_id}" if report.department_id else ""
    return {"slot": f"{report.consortium_id}:{report.member_id}:{report.quarter}{inside}"}


def watchers(report: QualityReport, named: Mapping[str, int]) -> dict[str, list[int]]:
    """Return the health authority that reads a report once it is published."""
    if report.state not in (ReportState.PUBLISHED, ReportState.ACKNOWLEDGED) or not report.member_id:
        return {}
    region = Institution.objects.filter(pk=report.member_id).values_list("region_id", flat=True).first()
    authority = authority_for(region)
    return {"authority": [authority.pk]} if authority else {}


def write(moment: Moment) -> None:
    """Write the lines from what is stored now."""
    report: QualityReport = moment.case
    write_lines(report)
    moment.set(outliers=report.outliers, counted_at=report.counted_at)


def note_author(moment: Moment) -> None:
    moment.set(author=moment.actor.name)


def note_publication(moment: Moment) -> None:
    moment.set(approver=moment.actor.name, published_on=clock.today())


def give_out(moment: Moment) -> None:
    """Issue the report as an official paper, with number, seal place and code."""
    issue(moment.case, PAPER, by=moment.actor)


def free_slot(moment: Moment) -> None:
    """Let another report be written for the same member and quarter."""
    moment.set(slot=None)
