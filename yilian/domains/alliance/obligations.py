"""What consortia owe on a calendar, and the rows that prove it was done."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.alliance import clocks
from yilian.domains.alliance.models import Assessment, Charter, Council
from yilian.domains.alliance.overseers import authorities_of
from yilian.kernel.deadlines.obligation import Evidence, Obligation, Subject, obligations
from yilian.kernel.rules.values import value_of
from yilian.kernel.workflow.models import Happening
from yilian.registry.consortia import on_day
from yilian.registry.models import Consortium
from yilian.registry.models.consortium import ConsortiumKind
from yilian.registry.regulations import S3, S4


def _address(consortium_id: int | None) -> str:
    return f"/consortia/{consortium_id}/"


def _running(kind: str, on: date) -> Iterable[Consortium]:
    return Consortium.objects.filter(on_day("founded_on", "ended_on", on), kind=kind).select_related("lead__region")


def _owed_by_leads(kind: str, on: date) -> Iterator[Subject]:
    """Yield each running consortium of a kind as owed by its lead and watched by its authority."""
    rows = list(_running(kind, on))
    authorities = authorities_of(rows)
    for one in rows:
        watchers = frozenset(key for key in (authorities[one.pk],) if key is not None)
        yield Subject(f"consortium:{one.pk}", one.name, one.founded_on, one.lead_id, one.pk, watchers)


def alliances(on: date) -> Iterator[Subject]:
    return _owed_by_leads(ConsortiumKind.SPECIALTY_ALLIANCE, on)


def groups(on: date) -> Iterator[Subject]:
    return _owed_by_leads(ConsortiumKind.CITY_GROUP, on)


def assessable_alliances(on: date) -> Iterator[Subject]:
    """Yield each alliance as owed by its authority, from the day it is half a year old (S3 19)."""
    months = int(value_of("alliance.assess_after_months", on=on))
    rows = list(_running(ConsortiumKind.SPECIALTY_ALLIANCE, on))
    authorities = authorities_of(rows)
    for one in rows:
        since = clocks.assessable_from(one.founded_on, months)
        watchers = frozenset([one.lead_id])
        yield Subject(f"consortium:{one.pk}", one.name, since, authorities[one.pk], one.pk, watchers)


def published(subject: Subject, first: date, last: date) -> list[Evidence]:
    """Return the published results of the years that these days touch, each dated within the year it assesses.

    A year is kept by its own result, whenever that comes out (docs/adr/0020).
    """
    rows = Assessment.objects.filter(consortium=subject.consortium_id, year__range=(first.year, last.year))
    return [_result(row) for row in rows]


def _result(row: Assessment) -> Evidence:
    last = date(row.year, 12, 31)
    label = now("{year} 年度考核结果").format(year=row.year)
    if row.published_on > last:
        label = now("{year} 年度考核结果（{day} 公布）").format(year=row.year, day=row.published_on)
    return Evidence(label, _address(row.consortium_id), min(row.published_on, last))


def self_assessed(subject: Subject, first: date, last: date) -> list[Evidence]:
    """Return the self-assessments handed in during these days, as far as the reader sees the cases."""
    rows = Happening.objects.filter(case__kind="appraisal", case__consortium=subject.consortium_id, verb="self_assess")
    return [
        Evidence(now("自评"), row.case.get_absolute_url(), row.at)
        for row in rows.select_related("case")
        if first <= Evidence("", "", row.at).on <= last
    ]


def elected(subject: Subject, first: date, last: date) -> list[Evidence]:
    """Return the councils whose term began in these days."""
    rows = Council.objects.filter(consortium=subject.consortium_id, since_on__range=(first, last))
    return [
        Evidence(now("第 {n} 届理事会").format(n=row.term), _address(subject.consortium_id), row.since_on)
        for row in rows
    ]


def charter_revised(subject: Subject, first: date, last: date) -> list[Evidence] | None:
    """Return the versions of the charter adopted in these days; unknown where no charter is on record at all."""
    rows = list(Charter.objects.filter(consortium=subject.consortium_id))
    if not rows:
        return None
    return [
        Evidence(now("章程第 {n} 版").format(n=row.version), _address(subject.consortium_id), row.adopted_on)
        for row in rows
        if first <= row.adopted_on <= last
    ]


for _obligation in (
    Obligation(
        "alliance.assessment", _("专科联盟年度考核并公布"), S3.article("17"), "year", assessable_alliances, published,
        help=_("设置满半年的专科联盟每年考核一次，结果以适当形式公布。"),
    ),
    Obligation(
        "alliance.self_assessment", _("专科联盟自评估"), S3.article("18"), "year", alliances, self_assessed,
        help=_("原文为“定期”；此处按每年一次跟踪，待本地核定。"),
    ),
    Obligation(
        "alliance.council", _("理事会换届"), S3.article("11"), "4 years", alliances, elected,
        help=_("理事会每届任期四年。"),
    ),
    Obligation("alliance.document_review", _("章程与制度修订"), S4.article("文头"), "3 years", groups, charter_revised),
):  # fmt: skip
    obligations.add(_obligation)
