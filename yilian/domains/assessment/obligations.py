"""What consortia owe on a calendar about assessing: every member each year, proved by the results that came out."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.db.models import Min
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.assessment.models import AssessmentPeriod
from yilian.kernel.deadlines.obligation import Evidence, Obligation, Subject, obligations
from yilian.registry.models.consortium import ConsortiumKind
from yilian.registry.owing import owed_by_leads
from yilian.registry.regulations import S0, S4


def grids(on: date) -> Iterator[Subject]:
    """Yield the city groups and county communities, from the first days that were assessed here.

    The year of an alliance is on the calendar by S3 17.
    """
    rows = AssessmentPeriod.objects.exclude(first_on=None).values_list("consortium")
    begun = dict(rows.annotate(day=Min("first_on")))
    for subject in owed_by_leads(on, ConsortiumKind.CITY_GROUP, ConsortiumKind.COUNTY_COMMUNITY):
        yield replace(subject, since=max(subject.since, begun.get(subject.consortium_id, subject.since)))


def published(subject: Subject, first: date, last: date) -> list[Evidence] | None:
    """Return the results of these days, each dated within the days it assesses (docs/adr/0020).

    Unknown where no assessment was ever begun here.
    """
    rows = list(AssessmentPeriod.objects.filter(consortium=subject.consortium_id))
    if not rows:
        return None
    words = now("{first} 至 {last} 考核结果")
    return [
        Evidence(words.format(first=row.first_on, last=row.last_on), row.get_absolute_url(), day)
        for row in rows
        if row.published_on and row.last_on and first <= (day := min(row.published_on, row.last_on)) <= last
    ]


obligations.add(
    Obligation(
        "assessment.members", _("成员单位综合绩效考核"), S0.article("范本二 3.4"), "year", grids, published,
        also=(S0.article("五篇 二.3"), S4.article("3.1")),
        help=_("原文为“定期”；此处按每年一次跟踪，待本地核定。专科联盟按专科联盟年度考核跟踪。"),
    )
)  # fmt: skip
