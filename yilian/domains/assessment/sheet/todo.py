"""What is still to do on a sheet for whoever looks at it: the lines that wait for a word, and the first of them."""

from dataclasses import dataclass
from typing import Any

from yilian.domains.assessment.models import RemarkKind, Sheet
from yilian.domains.assessment.remarks import unanswered
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.gate import wrong_party

ON_LINES = {"claim": "claims", "judge": "marks"}
"""Steps that say something of a line, and where that is kept."""


@dataclass(frozen=True)
class Todo:
    """The lines without a word of the reader's side (`verb` is its step), and what waits for an answer of it."""

    verb: str
    lines: tuple[dict[str, Any], ...]
    objections: int
    flags: int

    @property
    def first(self) -> dict[str, Any] | None:
        return self.lines[0] if self.lines else None


def may(sheet: Sheet, verb: str, actor: Actor) -> bool:
    """Say whether a step stands open to this person now, rules aside."""
    step = sheet.case_type.flow.step(verb)
    if step is None or sheet.state not in step.sources:
        return False
    return wrong_party(sheet.case_type, step, actor, sheet.taking_part()) is None


def todo_of(sheet: Sheet, actor: Actor) -> Todo | None:
    """Return what this person still has to do line by line; None where it is nobody's turn of them."""
    verb = next((verb for verb in ON_LINES if may(sheet, verb, actor)), "")
    said = getattr(sheet, ON_LINES[verb]) if verb else {}
    lines = [one for one in sheet.period.items if verb and not one["indicator"] and one["key"] not in said]
    objections = unanswered(sheet, RemarkKind.OBJECTION).count() if may(sheet, "answer", actor) else 0
    flags = unanswered(sheet, RemarkKind.FLAG).count() if may(sheet, "explain", actor) else 0
    found = Todo(verb, tuple(lines), objections, flags)
    return found if lines or objections or flags else None
