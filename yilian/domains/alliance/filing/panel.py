"""What the page of a filing shows besides the application: who is competent and why, and the materials."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from yilian.domains.alliance.filing.form import MATERIALS
from yilian.domains.alliance.jurisdiction import Because
from yilian.domains.alliance.models import Filing, FilingState
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.pages.facts import facts_of
from yilian.registry.regulations import S3

BECAUSE = {
    Because.WITHIN_COUNTY: _("覆盖范围在一个县（区）内"),
    Because.ACROSS_COUNTIES: _("覆盖范围跨县（区）"),
    Because.ACROSS_CITIES: _("覆盖范围跨市"),
    Because.PROVINCE_NAMED: _("名称含省名"),
}
BEFORE_MATERIALS = (FilingState.DRAFT, FilingState.SUBMITTED, FilingState.CORRECTING)


def competence(filing: Filing, actor: Actor) -> dict[str, Any]:
    """Return the authority that files, the reason, and the trial period of the measure."""
    because = BECAUSE.get(Because(filing.level_because)) if filing.level_because else ""
    return {
        "authority": filing.authority,
        "level": filing.get_level_display() if filing.level else "",
        "because": because,
        "cite": S3.article("8"),
        "trial": S3,
        "trial_is_over": S3.has_lapsed(clock.today()),
    }


def materials(filing: Filing, actor: Actor) -> dict[str, Any] | None:
    """Return what was handed in after the preparation; None before it began."""
    if filing.state in BEFORE_MATERIALS:
        return None
    return {"groups": facts_of(filing, actor, MATERIALS)}
