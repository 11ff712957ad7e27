"""What a dissolution must fulfil (S3 16, 19)."""

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.alliance.grounds import IN_ORDER
from yilian.domains.alliance.models import Assessment, Cause, Dissolution
from yilian.domains.alliance.rules_of_consortia import (
    actor_leads_the_consortium,
    authority_is_competent,
    consortium_is_running,
)
from yilian.domains.alliance.standing import Result, fails_in_a_row
from yilian.kernel import clock
from yilian.kernel.rules.rule import Verdict, rule
from yilian.kernel.rules.values import value_of
from yilian.registry.regulations import S3


@rule(_("连续两年考核不合格的专科联盟责令解散"), cite=S3.article("19"))
def alliance_failed_years_in_a_row(dissolution: Dissolution) -> Verdict:
    rows = Assessment.objects.filter(consortium=dissolution.consortium_id)
    fails = fails_in_a_row([Result(row.year, row.is_passed) for row in rows])
    detail = now("目前连续不合格 {n} 年").format(n=fails)
    return Verdict(fails >= int(value_of("alliance.fails_to_dissolve")), detail)


@rule(_("责令解散由主管部门发起，自愿解散由牵头单位提出"), cite=IN_ORDER)
def cause_is_voluntary(dissolution: Dissolution) -> bool:
    return dissolution.cause == Cause.VOLUNTARY


@rule(_("应写明解散事由"), cite=IN_ORDER)
def grounds_are_given(dissolution: Dissolution) -> bool:
    return bool(dissolution.grounds.strip())


@rule(_("解散日期不早于责令或同意之日，也不晚于今天"), cite=IN_ORDER)
def dissolution_day_is_possible(dissolution: Dissolution, asked: bool = True) -> bool:
    if not asked or dissolution.dissolved_on is None or dissolution.ordered_on is None:
        return not asked
    return dissolution.ordered_on <= dissolution.dissolved_on <= clock.today()


PROPOSING = (consortium_is_running, actor_leads_the_consortium, cause_is_voluntary, grounds_are_given)
ORDERING = (consortium_is_running, authority_is_competent, alliance_failed_years_in_a_row)
AGREEING = (consortium_is_running, authority_is_competent)
DISSOLVING = (consortium_is_running, authority_is_competent, dissolution_day_is_possible)
