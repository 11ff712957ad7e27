"""What a dispute asks of a body: whether the decision that the mediator has drafted is made."""

from django.utils.translation import gettext as _

from yilian.domains.dispute.models import Dispute, DisputeState
from yilian.kernel import clock
from yilian.registry.consortia import lead_of
from yilian.registry.regulations import S0
from yilian.registry.resolutions import Matter, Question, Sitting, matters, sitting_for

BODIES = ("disputes", "council", "committee", "leading")
"""The kinds of bodies that decide disputes, in the order in which they are asked (S0 管理制度 8, 范本二 2.1)."""


def competent(dispute: Dispute) -> Sitting | None:
    """Return the body that decides; None where none sits, or where somebody else than the lead mediates."""
    lead = lead_of(dispute.consortium_id, clock.today()) if dispute.consortium_id else None
    return sitting_for(dispute, BODIES) if lead and lead.pk == dispute.mediator_id else None


def decision(dispute: Dispute) -> Question:
    """Ask whether the drafted decision is made; the parties have no vote, and nobody else reads it."""
    sitting = competent(dispute)
    lines = [
        _("申请方：{name}").format(name=dispute.claimant),
        _("被申请方：{name}").format(name=dispute.respondent),
        _("请求：{text}").format(text=dispute.claims),
        _("答辩意见：{text}").format(text=dispute.reply or _("未在期限内答辩")),
        _("拟作决定：{text}").format(text=dispute.decision),
    ]
    if dispute.effect:
        lines.append(_("对协议和条款的影响：{text}").format(text=dispute.effect))
    parties = {one for one in (dispute.claimant_id, dispute.respondent_id) if one}
    return Question(
        bodies=(sitting.kind,) if sitting else (), subject=_("纠纷决定：{name}").format(name=dispute.subject),
        text="\n".join(lines), basis=f"{S0.article('管理制度 8')}，{dispute.number}", recused=frozenset(parties),
        is_confidential=True,
    )  # fmt: skip


matters.add(Matter("dispute", DisputeState.DECIDING.value, "resolve", "think_again", decision))
