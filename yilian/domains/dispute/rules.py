"""What must hold when a dispute is filed, mediated and settled (S0 管理制度 8)."""

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.dispute.deciding import competent
from yilian.domains.dispute.grounds import IMPARTIAL, RESOLVED
from yilian.domains.dispute.models import Dispute
from yilian.kernel import clock
from yilian.kernel.rules.rule import Verdict, rule
from yilian.registry.consortia import members_of
from yilian.registry.regulations import S0
from yilian.registry.resolutions import under_way

CITE = S0.article("管理制度 8")


@rule(_("纠纷由同一医联体的两个成员单位发生"), cite=CITE)
def both_are_members(dispute: Dispute) -> Verdict:
    members = {row.institution_id for row in members_of(dispute.consortium_id or 0, clock.today())}
    if dispute.claimant_id == dispute.respondent_id:
        return Verdict(False, now("申请方与被申请方是同一单位"))
    strange = [one for one in (dispute.claimant, dispute.respondent) if one and one.pk not in members]
    return Verdict(not strange, now("不是成员：{names}").format(names=now("、").join(map(str, strange))))


@rule(_("调解单位应是当事双方以外的牵头单位、成员单位或主管部门"), cite=(CITE, IMPARTIAL))
def mediator_is_neither_party(dispute: Dispute) -> Verdict:
    mediator = dispute.mediator
    if mediator is None:
        return Verdict(False, now("牵头单位是当事方，请另选调解单位"))
    if mediator.pk in (dispute.claimant_id, dispute.respondent_id):
        return Verdict(False, now("{name}是当事方").format(name=mediator))
    members = {row.institution_id for row in members_of(dispute.consortium_id or 0, clock.today())}
    return Verdict(mediator.is_authority or mediator.pk in members, now("{name}不是成员").format(name=mediator))


@rule(_("双方均同意调解方案后方可和解"), cite=IMPARTIAL)
def both_agree(dispute: Dispute) -> bool:
    return dispute.claimant_agrees is True and dispute.respondent_agrees is True


@rule(_("提出调解方案前应至少调解一次并有记录"), cite=IMPARTIAL)
def has_been_mediated(dispute: Dispute) -> bool:
    return dispute.sessions.exists()


@rule(_("有权决定的机构在位的，由其决议"), cite=RESOLVED)
def no_body_decides(dispute: Dispute) -> Verdict:
    sitting = competent(dispute)
    return Verdict(sitting is None, now("请拟定决定，提请{name}审议").format(name=sitting.name if sitting else ""))


@rule(_("提请审议需有在位的机构"), cite=RESOLVED)
def a_body_decides(dispute: Dispute) -> Verdict:
    return Verdict(competent(dispute) is not None, now("没有在位的机构，或调解单位不是牵头单位，请直接作出决定"))


@rule(_("同一纠纷不重复提请审议"), cite=RESOLVED)
def is_not_put_yet(dispute: Dispute) -> Verdict:
    number = under_way(dispute)
    return Verdict(not number, now("议案 {number} 正在办理").format(number=number))


FILING = (both_are_members, mediator_is_neither_party)
