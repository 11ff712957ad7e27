"""What consortia owe on a calendar about assessing: every member each year, proved by the results that came out."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.assessment.models import AssessmentPeriod
from yilian.kernel.deadlines.obligation import Evidence, Obligation, Subject, obligations
from yilian.registry.models.consortium import ConsortiumKind
from yilian.registry.owing import owed_by_leads
from yilian.registry.regulations import S0, S4


def grids(on: date) -> Iterator[Subject]:
    """Yield the city groups and county communities; the year of an alliance is on the calendar by S3 17."""
    return owed_by_leads(on, ConsortiumKind.CITY_GROUP, ConsortiumKind.COUNTY_COMMUNITY)


def published(subject: Subject, first: date, last: date) -> list[Evidence] | None:
    """Return the results published in these days; unknown where no assessment was ever begun here."""
    rows = list(AssessmentPeriod.objects.filter(consortium=subject.consortium_id))
    if not rows:
        return None
    words = now("{first} 至 {last} 考核结果")
    return [
        Evidence(words.format(first=row.first_on, last=row.last_on), row.get_absolute_url(), row.published_on)
        for row in rows
        if row.published_on and first <= row.published_on <= last
    ]


obligations.add(
    Obligation(
        "assessment.members", _("成员单位综合绩效考核"), S0.article("范本二 3.4"), "year", grids, published,
        also=(S0.article("五篇 二.3"), S4.article("3.1")),
        help=_("原文为“定期”；此处按每年一次跟踪，待本地核定。专科联盟按专科联盟年度考核跟踪。"),
    )
)  # fmt: skip
