"""The cards of a dispute: its sessions with the next one, and the proposal with who agrees."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from yilian.domains.dispute.models import Dispute, DisputeState
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.case_type import Panel


def sessions(dispute: Dispute, actor: Actor) -> dict[str, Any] | None:
    """Return the sessions held and the one to come."""
    rows = list(dispute.sessions.all())
    return {"rows": rows, "dispute": dispute} if rows or dispute.next_at else None


def outcome(dispute: Dispute, actor: Actor) -> dict[str, Any] | None:
    """Return the proposal with the answers to it, the decision or its draft, and what both change."""
    is_draft = dispute.state == DisputeState.DECIDING
    return {"dispute": dispute, "is_draft": is_draft} if dispute.proposal or dispute.decision else None


PANELS = (
    Panel("sessions", _("调解记录"), "dispute/sessions.html", sessions),
    Panel("outcome", _("调解方案与决定"), "dispute/outcome.html", outcome),
)
