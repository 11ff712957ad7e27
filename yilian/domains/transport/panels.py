"""The cards of a transport's page, and the one it adds to its referral."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from yilian.domains.transport import asks, facts
from yilian.domains.transport.models import Journey
from yilian.domains.transport.responsible import Responsible, responsible_for
from yilian.kernel.access.actor import Actor
from yilian.kernel.pages.facts import facts_of
from yilian.kernel.workflow.case_type import Panel
from yilian.kernel.workflow.models import Case


def journeys_card(referral: Case, actor: Actor) -> dict[str, Any] | None:
    """Return the transports of a referral with who answers for the patient; None while there is none."""
    found = facts.journeys_of(referral)
    return {"journeys": [(journey, responsible_for(journey)) for journey in found]} if found else None


def answering(transport: Journey, actor: Actor) -> dict[str, Any]:
    """Return who answers for the patient now, and why."""
    who: Responsible = responsible_for(transport)
    return {"transport": transport, "who": who}


def departure(transport: Journey, actor: Actor) -> dict[str, Any] | None:
    """Return what was checked, measured and told at departure; None before it."""
    return {"groups": facts_of(transport, actor, asks.DEPARTING)} if transport.departed_at else None


def arrival(transport: Journey, actor: Actor) -> dict[str, Any] | None:
    """Return what the receiver signed for; None before the patient is there."""
    if transport.arrived_at is None:
        return None
    return {"groups": [group for group in facts_of(transport, actor, asks.SIGNING) if group.facts]}


PANELS = (
    Panel("answering", _("现由谁负责"), "transport/card_answering.html", answering, aside=True),
    Panel("departure", _("出发与交接要点"), "pages/card_facts.html", departure),
    Panel("arrival", _("到达与签收"), "pages/card_facts.html", arrival),
)
