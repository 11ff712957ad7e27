"""What one domain adds to another's case type, named by its key so that neither imports the other (docs/adr/0007)."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from yilian.kernel.rules.rule import Rule
from yilian.kernel.workflow.flow import Ask, Effect, FlowError, Step

if TYPE_CHECKING:
    from yilian.kernel.workflow.case_type import CaseType, Panel


@dataclass(frozen=True)
class Addition:
    """Questions, rules and effects that join steps of a case type, after the steps' own; new steps; new cards.

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
        steps = [
            _joined(step, [addition for addition in added if step.verb in addition.verbs])
            for step in case_type.flow.steps
        ]
        steps += [step for addition in added for step in addition.steps]
        panels = (*case_type.panels, *(panel for addition in added for panel in addition.panels))
        return replace(case_type, flow=replace(case_type.flow, steps=tuple(steps)), panels=panels)


def _joined(step: Step, added: list[Addition]) -> Step:
    return replace(
        step,
        asks=(*step.asks, *(ask for addition in added for ask in addition.asks)),
        needs=(*step.needs, *(need for addition in added for need in addition.needs)),
        then=(*step.then, *(effect for addition in added for effect in addition.then)),
    )


additions = _Additions()
