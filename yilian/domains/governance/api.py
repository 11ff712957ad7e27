"""The door for other parts of the program: plain values in, plain values out.

Domains never import each other: they call `registry.agenda.put_on_agenda`, which ends here.
"""

from uuid import UUID

from yilian.kernel.access.actor import Actor
from yilian.registry import agenda


def put_on_agenda(consortium_id: int, title: str, *, by: Actor, ground: str = "", case_id: UUID | None = None) -> bool:
    """Put a point on the agenda of a consortium's next meeting; return False if the same point waits already."""
    return agenda.put_on_agenda(agenda.Point(consortium_id, title, ground, case_id), by=by)
