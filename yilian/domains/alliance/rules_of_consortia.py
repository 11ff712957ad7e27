"""Facts that several case types of this domain ask of the consortium they are about."""

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.alliance import councils
from yilian.domains.alliance.grounds import IN_ORDER
from yilian.domains.alliance.overseers import authority_of
from yilian.domains.alliance.standing import is_ordered_to_dissolve
from yilian.kernel.access.actor import Actor
from yilian.kernel.rules.rule import Verdict, rule
from yilian.kernel.workflow.models import Case
from yilian.registry.regulations import S0, S3


@rule(_("所涉医联体应仍在运行"), cite=IN_ORDER)
def consortium_is_running(case: Case) -> Verdict:
    consortium = case.consortium
    if consortium is None:
        return Verdict(False, now("请选择医联体"))
    if consortium.ended_on is not None:
        return Verdict(False, now("“{name}”已于 {day} 终止").format(name=consortium.name, day=consortium.ended_on))
    return Verdict(True)


@rule(_("已被责令解散或正在解散清理的医联体不再办理此类事项"), cite=S3.article("19"))
def consortium_is_not_being_dissolved(case: Case) -> bool:
    return case.consortium is None or not is_ordered_to_dissolve(case.consortium)


@rule(_("由该医联体的主管部门办理"), cite=(S3.article("16"), S0.article("摘编 6")))
def authority_is_competent(case: Case, actor: Actor) -> Verdict:
    competent = authority_of(case.consortium) if case.consortium else None
    if competent is None:
        return Verdict(None, now("主管部门尚未登记"))
    return Verdict(competent.pk == actor.institution_id, now("主管部门是{name}").format(name=competent.name))


@rule(_("由该医联体的牵头单位办理"), cite=S3.article("11"))
def actor_leads_the_consortium(case: Case, actor: Actor) -> Verdict:
    if case.consortium is None:
        return Verdict(True)
    lead = case.consortium.lead
    return Verdict(lead.pk == actor.institution_id, now("牵头单位是{name}").format(name=lead.name))


def one_chair(seats: list[councils.Seat]) -> Verdict:
    """Return whether seats hold exactly one chair and at least one vice chair (S3 11)."""
    chairs = councils.named(seats, councils.CHAIR)
    if not chairs:
        return Verdict(False, now("尚未填写理事长"))
    if len(chairs) > 1:
        return Verdict(False, now("填写了 {n} 名理事长：{names}").format(n=len(chairs), names=now("、").join(chairs)))
    return Verdict(bool(councils.named(seats, councils.VICE)), now("尚未填写副理事长"))
