"""Cases of any domain that wait for a body of their consortium; who keeps motions enters the chamber that decides."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import translation

from yilian.kernel.access.actor import Actor
from yilian.kernel.registries import Registry
from yilian.kernel.workflow.case_type import case_types
from yilian.kernel.workflow.models import Case


@dataclass(frozen=True)
class Question:
    """What a case asks: the kinds of bodies that may answer, in order, and the words put to them.

    Institutions that are `recused` have no vote in it. One that `is_confidential` is read by those who vote alone,
    not by the other members.
    """

    bodies: tuple[str, ...]
    subject: str
    text: str
    basis: str = ""
    recused: frozenset[int] = frozenset()
    is_confidential: bool = False


@dataclass(frozen=True)
class Matter:
    """A state in which cases of a type wait for a resolution, and the steps that follow from it.

    Both steps are the clock's (beside whoever may take them without a resolution) and ask "decided_by".
    """

    case_type: str
    state: str
    passed: str
    rejected: str
    ask: Callable[[Any], Question] = field(repr=False)

    @property
    def key(self) -> str:
        return f"{self.case_type}.{self.state}"


@dataclass(frozen=True)
class Sitting:
    """A body that sits and may decide."""

    body_id: int
    kind: str
    name: str


@dataclass(frozen=True)
class Change:
    """A value of a parameter that a body of a consortium may set, from a day on, and the words put to it."""

    consortium_id: int
    parameter: str
    value: str
    effective_on: date
    subject: str
    text: str
    basis: str = ""


@dataclass(frozen=True)
class Chamber:
    """What the keeper of motions does: find the first of these bodies that sits in a consortium, say which motion about
    a case is under way (empty: none that this actor sees), draft one, and draft one about the value of a parameter.
    """

    sits: Callable[[int, tuple[str, ...]], Sitting | None]
    under_way: Callable[[UUID], str]
    draft: Callable[[Case, Question, Sitting, Actor], Case]
    change: Callable[[Change, Sitting, Actor], Case]


class NobodySitsError(RuntimeError):
    """No body of the consortium could decide."""


matters: Registry[Matter] = Registry("matter for a resolution")
chambers: list[Chamber] = []


def matter_of(case: Case) -> Matter | None:
    """Return what the case waits for in its present state, or None when that is no resolution."""
    return matters.get(f"{case.kind}.{case.state}")


def waiting(case_id: UUID | None) -> Case | None:
    """Return the case of this key, as its own type, if it waits for a resolution and the scope sees it."""
    case = Case.objects.filter(pk=case_id).first() if case_id else None
    if case is None or matter_of(case) is None:
        return None
    return case_types[case.kind].model._default_manager.filter(pk=case.pk).first()


def sitting_for(case: Case, bodies: tuple[str, ...]) -> Sitting | None:
    """Return the body that decides about a case; None where its consortium has none of these."""
    if case.consortium_id is None:
        return None
    return body_of(case.consortium_id, bodies)


def body_of(consortium_id: int, bodies: tuple[str, ...]) -> Sitting | None:
    """Return the first of these bodies that sits in a consortium."""
    return next((found for chamber in chambers if (found := chamber.sits(consortium_id, bodies))), None)


def put_change(change: Change, sitting: Sitting, *, by: Actor) -> Case:
    """Draft the motion that sets a parameter when it is passed, for the lead to put to the vote."""
    return chambers[0].change(change, sitting, by)


def under_way(case: Case) -> str:
    """Return the number of the motion about a case that is being prepared or voted on, or an empty string."""
    return next((number for chamber in chambers if (number := chamber.under_way(case.pk))), "")


def put(case: Case, *, by: Actor) -> Case:
    """Draft the motion that decides about a case, for the lead to put to the vote; raises NobodySitsError."""
    matter = matter_of(case)
    with translation.override(settings.LANGUAGE_CODE):  # what is kept does not hang on who wrote it
        question = matter.ask(case) if matter else None
    sitting = sitting_for(case, question.bodies) if question else None
    if question is None or sitting is None:
        raise NobodySitsError(case.number)
    return chambers[0].draft(case, question, sitting, by)
