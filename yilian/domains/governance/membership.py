"""Facts that cases of this domain ask of the consortium they are about."""

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.governance.grounds import IN_ORDER
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.rules.rule import Verdict, rule
from yilian.kernel.workflow.models import Case
from yilian.registry.consortia import lead_of, members_of
from yilian.registry.regulations import S0, S3, S4


def members_today(consortium_id: int | None) -> list[int]:
    """Return the keys of the institutions that belong to a consortium today, the lead first."""
    rows = members_of(consortium_id, clock.today()) if consortium_id else []
    return [row.institution_id for row in rows]


@rule(_("所涉医联体应仍在运行"), cite=IN_ORDER)
def consortium_is_running(case: Case) -> Verdict:
    if case.consortium is None:
        return Verdict(False, now("请选择医联体"))
    ended = case.consortium.ended_on
    return Verdict(ended is None or ended >= clock.today(), now("已于 {day} 终止").format(day=ended))


@rule(_("由该医联体的牵头单位办理"), cite=(S3.article("11"), S4.article("3.3"), S0.article("范本一 2")))
def actor_leads_the_consortium(case: Case, actor: Actor) -> Verdict:
    lead = lead_of(case.consortium_id, clock.today())
    if lead is None:
        return Verdict(case.consortium_id is None or None, now("牵头单位尚未登记"))
    return Verdict(lead.pk == actor.institution_id, now("牵头单位是{name}").format(name=lead.name))
