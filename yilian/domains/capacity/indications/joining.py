"""What the catalogue adds to a referral: the indications it names, kept as they were read."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from yilian.domains.capacity.indications import naming, rules
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.additions import Addition, FormPart, additions
from yilian.kernel.workflow.case_type import Panel
from yilian.kernel.workflow.flow import Ask
from yilian.kernel.workflow.models import Case

TO = "referral"
INDICATIONS = Ask(
    naming.NAME, _("转诊指征"), "picks", source=naming.KEY, required=False, section=_("病情"),
    beside=("direction", "diagnosis"), is_copied=False,
    help=_("先选诊断，符合诊断的（●）排在前面；标“待本地核定”的数值尚未经本医联体确认。"),
)  # fmt: skip


def card(case: Case, actor: Actor) -> dict[str, Any] | None:
    """Return what the case names; None when it names nothing."""
    found = naming.named(case)
    return {"lines": found} if found else None


for _addition in (
    Addition(TO, form=FormPart((INDICATIONS,), "diagnosis", naming.name, naming.recall)),
    Addition(
        TO,
        ("send", "submit_for_approval", "submit_to_head", "send_outside"),
        needs=(rules.indications_fit_the_direction,),
    ),
    Addition(TO, panels=(Panel("indications", _("转诊指征"), "capacity/card_indications.html", card),)),
):
    additions.add(_addition)
