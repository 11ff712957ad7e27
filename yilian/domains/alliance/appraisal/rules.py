"""What a yearly assessment must fulfil (S3 16 to 19)."""

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.alliance import clocks
from yilian.domains.alliance.dimensions import DIMENSIONS
from yilian.domains.alliance.grounds import IN_ORDER, ONE_AT_A_TIME
from yilian.domains.alliance.models import Appraisal, Assessment
from yilian.domains.alliance.rules_of_consortia import authority_is_competent, consortium_is_running
from yilian.kernel import clock
from yilian.kernel.rules.rule import Verdict, rule
from yilian.kernel.rules.values import value_of
from yilian.registry.models.consortium import ConsortiumKind
from yilian.registry.regulations import S3


@rule(_("本办法的年度考核适用于专科联盟"), cite=S3.article("17"))
def consortium_is_an_alliance(appraisal: Appraisal) -> bool:
    return appraisal.consortium is None or appraisal.consortium.kind == ConsortiumKind.SPECIALTY_ALLIANCE


@rule(_("对设置半年以上的专科联盟进行考核"), cite=S3.article("19"))
def alliance_is_half_a_year_old(appraisal: Appraisal) -> Verdict:
    if appraisal.consortium is None:
        return Verdict(True)
    founded = appraisal.consortium.founded_on
    first = clocks.assessable_from(founded, int(value_of("alliance.assess_after_months")))
    if first <= clock.today():
        return Verdict(True)
    return Verdict(False, now("该联盟于 {day} 设置").format(day=founded), passes_on=first)


@rule(_("考核年度不早于联盟设置的年份，也不晚于今年"), cite=IN_ORDER)
def year_is_possible(appraisal: Appraisal) -> bool:
    if appraisal.consortium is None or appraisal.year is None:
        return True
    return appraisal.consortium.founded_on.year <= appraisal.year <= clock.today().year


@rule(_("每年度只公布一次考核结果"), cite=(S3.article("17"), ONE_AT_A_TIME))
def year_is_not_published_yet(appraisal: Appraisal) -> bool:
    published = Assessment.objects.filter(consortium=appraisal.consortium_id, year=appraisal.year)
    return appraisal.consortium_id is None or not published.exists()


@rule(_("以前年度的考核应先公布，连续不合格才能按年度认定"), cite=S3.article("19"))
def later_years_are_not_published(appraisal: Appraisal) -> Verdict:
    later = Assessment.objects.filter(consortium=appraisal.consortium_id, year__gt=appraisal.year or 0)
    row = later.first() if appraisal.consortium_id and appraisal.year else None
    return Verdict(row is None, now("{year} 年度已公布").format(year=row.year if row else ""))


@rule(_("五个方面均应评分"), cite=S3.article("17"))
def every_dimension_is_scored(appraisal: Appraisal) -> Verdict:
    missing = [str(dimension.title) for dimension in DIMENSIONS if getattr(appraisal, dimension.score) is None]
    return Verdict(not missing, now("未评分：{names}").format(names=now("、").join(missing)))


@rule(_("至少一个方面的权重大于零"), cite=IN_ORDER)
def weights_make_sense(appraisal: Appraisal) -> bool:
    consortium = appraisal.consortium_id
    return any(value_of(f"alliance.weight_{one.key}", consortium_id=consortium) for one in DIMENSIONS)


OPENING = (consortium_is_an_alliance, alliance_is_half_a_year_old)
NOTIFYING = (
    consortium_is_running,
    consortium_is_an_alliance,
    authority_is_competent,
    alliance_is_half_a_year_old,
    year_is_possible,
    year_is_not_published_yet,
    later_years_are_not_published,
)
PUBLISHING = (
    consortium_is_running,
    authority_is_competent,
    every_dimension_is_scored,
    weights_make_sense,
    year_is_not_published_yet,
    later_years_are_not_published,
)
