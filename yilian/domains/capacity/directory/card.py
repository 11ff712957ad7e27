"""The card of a case with the service it asks for."""

from typing import Any

from yilian.domains.capacity.directory.choosing import chosen
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.models import Case


def service_card(case: Case, actor: Actor) -> dict[str, Any] | None:
    """Return the chosen service as it was read, and whether it has changed since; None without a choice."""
    found = chosen(case)
    if found is None:
        return None
    return {"service": found.service, "read": found.version, "is_old": found.service.version != found.version.version}
