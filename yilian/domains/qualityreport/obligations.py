"""What communities owe on a calendar: quality reports every quarter, proved by those that were published."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.qualityreport.models import QualityReport, ReportState
from yilian.kernel.deadlines.obligation import Evidence, Obligation, Subject, obligations
from yilian.registry.consortia import authorities_above, on_day
from yilian.registry.models import Consortium
from yilian.registry.models.consortium import ConsortiumKind
from yilian.registry.regulations import S1


def communities(on: date) -> Iterator[Subject]:
    """Yield each running community as owed by its lead, watched by the nearest authority."""
    rows = Consortium.objects.filter(on_day("founded_on", "ended_on", on), kind=ConsortiumKind.COUNTY_COMMUNITY)
    for one in rows.select_related("lead"):
        authority = next(iter(authorities_above(one.region_id or one.lead.region_id)), None)
        watchers = frozenset([authority.pk] if authority else [])
        yield Subject(f"consortium:{one.pk}", one.name, one.founded_on, one.lead_id, one.pk, watchers)


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


obligations.add(
    Obligation("qualityreport.published", _("发布质控报告"), S1.article("5"), "quarter", communities, published,
               help=_("每季度为每家成员单位发布；本季度内发完上一季度的全部报告为已履行。"))
)  # fmt: skip
