"""What communities owe on a calendar: quality reports every quarter, proved by those that were published."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.qualityreport.models import QualityReport, ReportState
from yilian.kernel.deadlines.obligation import Evidence, Obligation, Subject, not_recorded, obligations
from yilian.registry.models.consortium import ConsortiumKind
from yilian.registry.owing import owed_by_authorities, owed_by_leads
from yilian.registry.regulations import S0, S1


def communities(on: date) -> Iterator[Subject]:
    """Yield each running community as owed by its lead, watched by the nearest authority."""
    return owed_by_leads(on, ConsortiumKind.COUNTY_COMMUNITY)


def overseen_communities(on: date) -> Iterator[Subject]:
    """Yield each running community as owed by the nearest authority, watched by its lead."""
    return owed_by_authorities(on, ConsortiumKind.COUNTY_COMMUNITY)


def published(subject: Subject, first: date, last: date) -> list[Evidence] | None:
    """Return the days on which the last report of a quarter came out; a quarter with one still to come proves nothing.

    Unknown where none was ever written: reports may have come out before they were kept here.
    """
    rows = list(
        QualityReport.objects.filter(consortium=subject.consortium_id)
        .exclude(state=ReportState.WITHDRAWN)
        .order_by("quarter", "published_on")
    )
    if not rows:
        return None
    by_quarter: dict[str, list[QualityReport]] = {}
    for row in rows:
        by_quarter.setdefault(row.quarter, []).append(row)
    found = []
    for label, reports in by_quarter.items():
        days = [report.published_on for report in reports if report.published_on]
        if len(days) == len(reports) and first <= max(days) <= last:
            words = now("{quarter} 质控报告 {n} 份").format(quarter=label, n=len(reports))
            found.append(Evidence(words, reports[-1].get_absolute_url(), max(days)))
    return found


for _obligation in (
    Obligation("qualityreport.published", _("发布质控报告"), S1.article("5"), "quarter", communities, published,
               help=_("每季度为每家成员单位发布；本季度内发完上一季度的全部报告为已履行。"),
               also=(S0.article("范本一 5.4"), S0.article("模版 10.6"), S0.article("要点 5"))),
    Obligation("qualityreport.safety_training", _("全员安全教育或法律培训"), S1.article("11"), "year", communities,
               not_recorded, count=2, help=_("系统尚不登记培训，有记录前标为无法判断。")),
    Obligation("qualityreport.discipline_review", _("学科建设年度评比"), S1.article("15"), "year", overseen_communities,
               not_recorded, help=_("由主管部门评比；系统尚不登记评比，有记录前标为无法判断。")),
):  # fmt: skip
    obligations.add(_obligation)
