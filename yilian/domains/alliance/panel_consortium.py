"""The card that leads from a case to the consortium it is about."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from yilian.domains.alliance.standing import WORDS, standing_of
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.case_type import Panel
from yilian.kernel.workflow.models import Case


def _about(case: Case, actor: Actor) -> dict[str, Any] | None:
    if case.consortium is None:
        return None
    return {"consortium": case.consortium, "standing": WORDS[standing_of(case.consortium)]}


CONSORTIUM = Panel("consortium", _("所涉医联体"), "alliance/about.html", _about, aside=True)
