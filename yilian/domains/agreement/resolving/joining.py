"""What agreements add to a referral: a limit of the answer that is earlier than the parameter's, and why."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from yilian.domains.agreement.resolving.limits import TO, limits_of, promised
from yilian.domains.agreement.wording import ordinal
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.additions import Addition, additions
from yilian.kernel.workflow.case_type import Panel
from yilian.kernel.workflow.due import earlier
from yilian.kernel.workflow.models import Case


def limit_card(case: Case, actor: Actor) -> dict[str, Any] | None:
    """Return the limits promised between the two when the referral left, and which one its due date rests on."""
    referral: Any = case
    if referral.sent_at is None:
        return None
    limits = limits_of(referral, referral.sent_at)
    if not limits:
        return None
    due = referral.answer_due_at
    applies = due is not None and due == referral.sent_at + timedelta(hours=limits[0].hours)
    return {
        "due": due,
        "applies": applies,
        "lines": [(limit, ordinal(limit.place), applies and number == 0) for number, limit in enumerate(limits)],
        "differ": len({limit.hours for limit in limits}) > 1,
    }


earlier.append(promised)
additions.add(
    Addition(TO, panels=(Panel("limits", _("答复时限的依据"), "agreement/card_limits.html", limit_card, aside=True),))
)
