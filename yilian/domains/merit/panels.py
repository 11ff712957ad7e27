"""The card of a merit or penalty: how it was decided, what follows and until when."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from yilian.domains.merit.catalogue import GROUNDS
from yilian.domains.merit.models import Merit, MeritState
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.case_type import Panel


def outcome(merit: Merit, actor: Actor) -> dict[str, Any] | None:
    """Return the decision, the appeal and the effects, with the article of the ground."""
    if not merit.decided_on:
        return None
    ground = GROUNDS.get(merit.ground)
    return {
        "merit": merit,
        "cite": ground.cite if ground else None,
        "stands": merit.state in (MeritState.OWING, MeritState.IN_FORCE),
        "owes": merit.state == MeritState.OWING,
    }


PANELS = (Panel("outcome", _("决定与效力"), "merit/card_outcome.html", outcome),)
