"""The moment a step is taken: what rules and effects may know and do."""

from dataclasses import dataclass, field
from datetime import datetime

from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.answers import Answers
from yilian.kernel.workflow.case_type import CaseType
from yilian.kernel.workflow.flow import Step
from yilian.kernel.workflow.models import Case, Happening


@dataclass
class Moment:
    """A step being taken. Effects run after the state has changed, inside the same transaction.

    `changed` names columns of the case that wait to be saved, `saved` those that were saved with the step.
    """

    case: Case
    case_type: CaseType
    step: Step
    actor: Actor
    at: datetime
    answers: Answers
    note: str
    state_from: str
    happening: Happening | None = None
    changed: set[str] = field(default_factory=set)
    saved: frozenset[str] = frozenset()

    def set(self, **values: object) -> None:
        """Set columns of the case's own table; they are saved once, after all effects have run."""
        for name, value in values.items():
            setattr(self.case, name, value)
            self.changed.add(name)
