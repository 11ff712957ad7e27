"""Opening a case and taking a step as somebody, each in a scope of its own."""

from typing import Any

from yilian.kernel.access.actor import Actor
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow.engine import open_case, take
from yilian.kernel.workflow.models import Case


def opened(kind: str, by: Actor, **answers: Any) -> Any:
    """Open a case as this person."""
    with scope(by):
        return open_case(kind, by=by, answers=answers)


def taken(case: Case, verb: str, by: Actor, **answers: Any) -> Any:
    """Take a step as this person."""
    with scope(by):
        return take(case, verb, by=by, **answers)
