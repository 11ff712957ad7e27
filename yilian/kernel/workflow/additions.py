"""What one domain adds to another's case type, named by its key so that neither imports the other (docs/adr/0007)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from yilian.kernel.access.actor import Actor
from yilian.kernel.rules.rule import Rule
from yilian.kernel.workflow.answers import Answers
from yilian.kernel.workflow.flow import EDIT, Ask, Effect, FlowError, Step

if TYPE_CHECKING:
    from yilian.kernel.workflow.case_type import CaseType, Panel
    from yilian.kernel.workflow.models import Case
    from yilian.kernel.workflow.moment import Moment


@dataclass(frozen=True)
class FormPart:
    """Questions that join the form of a case type, behind its question `after`; they may all be left empty.

    `keep(case, answers, actor)` stores what was answered, when a case is opened and whenever its form is changed;
    `recall(case)` returns it by the names of the questions, to fill in the form again.
    """

    asks: tuple[Ask, ...]
    after: str
    keep: "Callable[[Case, Answers, Actor], None]"
    recall: "Callable[[Case], Mapping[str, Any]]"

    def __post_init__(self) -> None:
        if any(ask.required for ask in self.asks):
            raise FlowError("what joins a form is never required: its answers are no columns of the case")

    def note(self, moment: "Moment") -> None:
        """Keep the answers of the step that changes the form."""
        self.keep(moment.case, moment.answers, moment.actor)


@dataclass(frozen=True)
class Addition:
    """Questions, rules and effects that join steps of a case type, after the steps' own; new steps; new cards.

    A `form` part joins the form.

    `verbs` are the steps that are joined. What is added keeps its rows in tables of the adding domain that hang on the
    case. An installation without the case type is none the worse.
    """

    case_type: str
    verbs: tuple[str, ...] = ()
    asks: tuple[Ask, ...] = ()
    needs: tuple[Rule, ...] = ()
    then: tuple[Effect, ...] = ()
    steps: tuple[Step, ...] = ()
    panels: tuple["Panel", ...] = ()
    form: FormPart | None = None

    def __post_init__(self) -> None:
        if bool(self.verbs) != bool(self.asks or self.needs or self.then):
            raise FlowError(
                f"addition to {self.case_type}: questions, rules and effects want verbs, and verbs want them"
            )


class _Additions:
    """All additions, by the case type they are for."""

    def __init__(self) -> None:
        self._waiting: dict[str, list[Addition]] = {}
        self._built: set[str] = set()

    def add(self, addition: Addition) -> Addition:
        """Declare an addition; raise FlowError when its case type has been built without it."""
        if addition.case_type in self._built:
            raise FlowError(f"{addition.case_type} is built: a domain that adds to it stands before it in the list")
        self._waiting.setdefault(addition.case_type, []).append(addition)
        return addition

    def join(self, case_type: "CaseType") -> "CaseType":
        """Return the case type with everything that was added to it; raise FlowError for steps it does not have."""
        self._built.add(case_type.key)
        added = self._waiting.get(case_type.key, [])
        if not added:
            return case_type
        for verb in (verb for addition in added for verb in addition.verbs):
            if case_type.flow.step(verb) is None:
                raise FlowError(f"addition to {case_type.key}: no step {verb!r}")
        parts = [addition.form for addition in added if addition.form]
        case_type = _with_parts(case_type, parts)
        steps = [
            _joined(step, [addition for addition in added if step.verb in addition.verbs])
            for step in case_type.flow.steps
        ]
        steps += [step for addition in added for step in addition.steps]
        panels = (*case_type.panels, *(panel for addition in added for panel in addition.panels))
        return replace(case_type, flow=replace(case_type.flow, steps=tuple(steps)), panels=panels)


def _with_parts(case_type: "CaseType", parts: list[FormPart]) -> "CaseType":
    """Return the case type with these parts in its form, and in the step that changes the form."""
    form, steps = case_type.form, case_type.flow.steps
    for part in parts:
        form = _placed(form, part, case_type.key)
        steps = tuple(
            replace(step, asks=_placed(step.asks, part, case_type.key), then=(*step.then, part.note))
            if step.verb == EDIT
            else step
            for step in steps
        )
    return replace(case_type, form=form, form_parts=tuple(parts), flow=replace(case_type.flow, steps=steps))


def _placed(asks: tuple[Ask, ...], part: FormPart, key: str) -> tuple[Ask, ...]:
    place = next((number for number, ask in enumerate(asks, 1) if ask.name == part.after), None)
    if place is None:
        raise FlowError(f"addition to {key}: its form has no question {part.after!r}")
    return (*asks[:place], *part.asks, *asks[place:])


def _joined(step: Step, added: list[Addition]) -> Step:
    return replace(
        step,
        asks=(*step.asks, *(ask for addition in added for ask in addition.asks)),
        needs=(*step.needs, *(need for addition in added for need in addition.needs)),
        then=(*step.then, *(effect for addition in added for effect in addition.then)),
    )


additions = _Additions()
