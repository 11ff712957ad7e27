"""Where any domain puts a point on the agenda of a consortium's next meeting; who keeps agendas enters its keeper."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from yilian.kernel.access.actor import Actor


@dataclass(frozen=True)
class Point:
    """A point to be dealt with: its title, on what ground it is there, and the case it comes from, if any."""

    consortium_id: int
    title: str
    ground: str = ""
    case_id: UUID | None = None


class NoAgendaError(RuntimeError):
    """No part of the installation keeps agendas."""


keepers: list[Callable[[Point, Actor], bool]] = []


def put_on_agenda(point: Point, *, by: Actor) -> bool:
    """Let a point wait for the next meeting of its consortium; return False if the same point waits already.

    Runs in the scope of `by`, whose institution must be a member. Raises NoAgendaError where nobody keeps agendas.
    """
    if not keepers:
        raise NoAgendaError
    return all([keep(point, by) for keep in keepers])
