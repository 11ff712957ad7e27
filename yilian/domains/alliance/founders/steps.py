"""The steps by which founding members answer, and others confirm their conditions: the same in both case types."""

from django.utils.translation import gettext_lazy as _

from yilian.domains.alliance.admission.confirming import CONFIRMING
from yilian.domains.alliance.founders import rules
from yilian.domains.alliance.founders.effects import confirm_founders, note_agreement, note_refusal
from yilian.kernel.workflow.flow import STAY, Ask, Party, Side, Step
from yilian.registry.regulations import S4

CANDIDATE_SIDE = Side("candidate", 5, _("拟参加单位"))
CANDIDATE = Party("candidate", "office", "director", "secretary")


def founding_steps(asked_in: str, *, back_to: str, lead: Party, authority: Party) -> tuple[Step, ...]:
    """Return the steps of founding members in the state in which they are asked.

    One that declines gives the case back to the lead, in `back_to`: it names other members, or asks again.
    """
    return (
        Step("agree", _("同意参加"), asked_in, STAY, CANDIDATE, style="primary", then=(note_agreement,),
             cite=S4.article("6.1"), tell=(), confirm=_("同意后，医联体获准成立之日本单位即为成员。"),
             help=_("是否参加由本单位自主决定；章程与协议见附件")),
        Step("stay_out", _("不同意参加"), asked_in, back_to, CANDIDATE, style="danger", then=(note_refusal,),
             cite=S4.article("6.1"), tell=(lead.side, authority.side),
             asks=(Ask("stay_out_reason", _("不同意原因"), "reason", source="alliance.stay_out"),)),
        Step("attest", _("确认成员条件"), asked_in, STAY, (lead, authority), duty=False, tell=(),
             needs=(rules.confirmed_are_founders,), then=(confirm_founders,), cite=S4.article("6.2"),
             asks=(Ask("institutions", _("成员单位"), "institutions"), *CONFIRMING),
             help=_("自报未核或登记信息不足以判断的，核对后确认；可一次确认多家、多项")),
    )  # fmt: skip
