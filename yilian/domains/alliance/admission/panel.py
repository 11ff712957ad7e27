"""What the page of an admission shows besides its facts."""

from typing import Any

from yilian.domains.alliance.admission.checking import checked_of
from yilian.domains.alliance.admission.conditions import CONDITIONS
from yilian.domains.alliance.models import Admission
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.registry.consortia import memberships as running
from yilian.registry.regulations import S4


def conditions(admission: Admission, actor: Actor) -> dict[str, Any]:
    """Return the six conditions with their findings, as they stand today."""
    found = checked_of(admission)
    lines = [{"condition": condition, "finding": found[condition.key]} for condition in CONDITIONS]
    return {"lines": lines, "on": clock.today()}


def memberships(admission: Admission, actor: Actor) -> dict[str, Any]:
    """Return the consortia the applicant belongs to already: none of them stands in the way (S4 6.1)."""
    rows = running(clock.today()).filter(institution_id=admission.applicant_id).select_related("consortium")
    return {"rows": list(rows), "cite": S4.article("6.1")}
