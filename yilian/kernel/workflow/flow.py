"""The table of steps: who may take a case from which state to which, under which rules, asked what.

Plain data, checked when it is built: a typo stops start-up.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from yilian.kernel.registries.words import Words
from yilian.kernel.rules.regulation import Citation
from yilian.kernel.rules.rule import Rule

if TYPE_CHECKING:
    from yilian.kernel.access.actor import Actor
    from yilian.kernel.workflow.moment import Moment

Effect = Callable[["Moment"], None]


class FlowError(ValueError):
    """A table of steps contradicts itself."""


@dataclass(frozen=True)
class Side:
    """A part that an institution plays in a case; `code` is what the database stores."""

    key: str
    code: int
    title: Words
    is_oversight: bool = False


@dataclass(frozen=True)
class Party:
    """One side and the roles that act for it; no roles means anyone with a post there."""

    side: str
    roles: tuple[str, ...] = ()

    def __init__(self, side: str, *roles: str) -> None:
        object.__setattr__(self, "side", side)
        object.__setattr__(self, "roles", roles)


CLOCK = Party("clock")
EDIT = "edit"
"""The verb of the step that fills in the form anew."""
STAY = ""
"""The target of a step that leaves the case in its state, whichever of the sources that is."""

ASK_KINDS = frozenset(
    [
        "text",
        "longtext",
        "date",
        "datetime",
        "int",
        "decimal",
        "bool",
        "choice",
        "choices",
        "reason",
        "institution",
        "department",
        "practitioner",
        "patient",
        "consortium",
        "code",
        "codes",
        "institutions",
        "regions",
        "region",
        "file",
        "pick",
        "picks",
        "rows",
    ]
)
SEVERAL = {"codes": "code", "institutions": "institution", "regions": "region", "picks": "pick"}
"""Kinds that take a list of answers of another kind."""


@dataclass(frozen=True)
class Ask:
    """One question of a form or a step, with what makes an answer good.

    `source` names the list behind the question: the reason list, the code system, or for institutions a filter that
    the registry knows; for departments and practitioners the question that names their institution. An answer whose
    name is a field of the case type's model is saved there as well, and its label in `<name>_name` if there is such a
    field. A code or reason is stored as its code string, an institution, department, person or consortium as its key.
    A "pick" is answered by the look-up that `source` names; "picks" takes several of them.
    `asks` are the columns of a table to fill in (kind "rows"); its answer is a list of {name: stored value}.
    `when` says which answer of another question makes this one a question at all: "direction=up|lateral".
    `shown` says, to an actor, under which answers a form shows the question ("a=x|y", "a!=x", joined by "&" and "||");
    what is not shown may still be answered.
    `beside` names further questions whose answers a picker's search wants to know.
    `is_copied` False: a case that starts from an earlier one asks it anew. An answer that `is_personal` tells who the
    patient is: those who only watch the case do not read it.
    What `stands` is shown to whoever takes a step as the case answers it already; other questions begin empty.
    """

    name: str
    title: Words
    kind: str = "text"
    required: bool = True
    choices: tuple[tuple[str, Words], ...] = ()
    source: str = ""
    max_length: int = 0
    minimum: float | None = None
    maximum: float | None = None
    help: Words = ""
    section: Words = ""
    initial: Any = None
    rows: int = 3
    asks: tuple["Ask", ...] = ()
    when: str = ""
    beside: tuple[str, ...] = ()
    is_copied: bool = True
    shown: Callable[["Actor"], str] | None = None
    is_personal: bool = False
    stands: bool = False

    def __post_init__(self) -> None:
        if self.kind not in ASK_KINDS:
            raise FlowError(f"question {self.name!r}: no kind {self.kind!r}")
        if self.kind in ("choice", "choices") and not self.choices:
            raise FlowError(f"question {self.name!r} has no choices")
        if (self.kind == "rows") != bool(self.asks) or any(ask.kind == "rows" for ask in self.asks):
            raise FlowError(f"question {self.name!r}: rows have columns, other questions and columns have none")
        if self.when and "=" not in self.when:
            raise FlowError(f"question {self.name!r}: {self.when!r} names no answer")

    @property
    def lookup(self) -> str:
        """Return the key of the look-up behind the question, if it is one for a picker."""
        return self.source if self.kind in ("pick", "picks") else SEVERAL.get(self.kind, self.kind)

    def is_asked(self, answer_to: Callable[[str], Any]) -> bool:
        """Say whether the question is put at all; `answer_to` returns the (stored) answer to another question."""
        name, _, wanted = self.when.partition("=")
        return not name or str(answer_to(name)).lower() in wanted.split("|")


@dataclass(frozen=True)
class Step:
    """One line of the table.

    `duty` says that the case waits for this step: it stands in the inbox of that party. `notes` set columns
    of the case once its new state and due date are known; they are saved with the step. `then` runs when the step is
    saved, in the same transaction. `tell` names sides that get a message; None means the other sides whose turn
    it becomes. A step that `completes` wants every required question of the form answered; one that `convenes` brings
    in the institutions that the form names (`CaseType.parties_from`) and those who oversee them. A `partial` step is a
    form filled in several sittings: required questions may stay open. `sets` are columns of the case's own table that
    the step writes before its answers, so that rules and parties see them. `offered` says to whom a form shows the
    button of a step that completes it: under which answers ("destination=outside&is_emergency=true", "" for all), or
    None for never; without it everybody whose step it is sees it. A step `on_any_version` does not depend on what
    others did to the case since it was read: a page left open is not refused as stale; state, party and rules decide.
    """

    verb: str
    title: Words
    sources: tuple[str, ...]
    target: str
    by: tuple[Party, ...]
    needs: tuple[Rule, ...] = ()
    asks: tuple[Ask, ...] = ()
    notes: tuple[Effect, ...] = ()
    then: tuple[Effect, ...] = ()
    duty: bool = True
    style: str = "default"
    cite: Citation | None = None
    help: Words = ""
    confirm: Words = ""
    tell: tuple[str, ...] | None = None
    completes: bool = False
    convenes: bool = False
    partial: bool = False
    sets: tuple[tuple[str, Any], ...] = ()
    offered: Callable[["Actor"], str | None] | None = None
    on_any_version: bool = False

    def __init__(self, verb: str, title: Words, sources: Any, target: str, by: Any, **rest: Any) -> None:
        values = {
            "verb": verb,
            "title": title,
            "sources": _strings(sources),
            "target": str(target),
            "by": (by,) if isinstance(by, Party) else tuple(by),
            **rest,
            "sets": tuple(dict(rest.get("sets", ())).items()),
        }
        for name, default in _STEP_DEFAULTS.items():
            object.__setattr__(self, name, values.pop(name, default))
        if values:
            raise FlowError(f"step {verb!r}: unknown {', '.join(values)}")

    @property
    def is_clock(self) -> bool:
        return CLOCK in self.by

    def target_from(self, state: str) -> str:
        """Return the state that follows when the step is taken in this one."""
        return self.target or state


_STEP_DEFAULTS: dict[str, Any] = {
    "verb": "", "title": "", "sources": (), "target": "", "by": (), "needs": (), "asks": (), "notes": (), "then": (),
    "duty": True, "style": "default", "cite": None, "help": "", "confirm": "", "tell": None, "completes": False,
    "convenes": False, "partial": False, "sets": (), "offered": None, "on_any_version": False,
}  # fmt: skip


@dataclass(frozen=True)
class Deadline:
    """How long a case may rest in a state, and the step the clock then takes.

    `parameter` says how long; `by_priority` names another parameter for some priorities. The time runs from entering
    the state or, where it is known, from the day or moment in the column `counts_from`. `grace` names a parameter:
    how long after the due date the clock waits before it takes the step.
    """

    state: str
    parameter: str
    lapse: str | None = None
    cite: Citation | None = None
    by_priority: Mapping[int, str] = field(default_factory=dict)
    counts_from: str = ""
    grace: str = ""


@dataclass(frozen=True)
class Flow:
    """The whole table; building it checks it."""

    start: str
    finals: tuple[str, ...]
    steps: tuple[Step, ...]
    deadlines: tuple[Deadline, ...] = ()
    _by_verb: dict[str, Step] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "start", str(self.start))
        object.__setattr__(self, "finals", _strings(self.finals))
        by_verb: dict[str, Step] = {}
        for step in self.steps:
            if step.verb in by_verb:
                raise FlowError(f"two steps are called {step.verb!r}")
            by_verb[step.verb] = step
        object.__setattr__(self, "_by_verb", by_verb)
        self._check_reachable()
        self._check_ways_out()
        self._check_deadlines()

    def step(self, verb: str) -> Step | None:
        return self._by_verb.get(verb)

    def steps_from(self, state: str) -> list[Step]:
        return [step for step in self.steps if state in step.sources]

    @property
    def states(self) -> set[str]:
        """Every state the table mentions."""
        mentioned = {self.start, *self.finals}
        for step in self.steps:
            mentioned.update(step.sources, (step.target,) if step.target else ())
        return mentioned

    @property
    def edges(self) -> set[tuple[str, str]]:
        """Every (from, to) pair that some step takes."""
        return {(source, step.target_from(source)) for step in self.steps for source in step.sources}

    def deadline_of(self, state: str) -> Deadline | None:
        return next((deadline for deadline in self.deadlines if deadline.state == state), None)

    def reachable(self, state: str) -> set[str]:
        """Return the states that some way leads to from this one, itself among them."""
        reached, todo = {state}, [state]
        while todo:
            here = todo.pop()
            for step in self.steps_from(here):
                if (target := step.target_from(here)) not in reached:
                    reached.add(target)
                    todo.append(target)
        return reached

    def _check_reachable(self) -> None:
        if lost := self.states - self.reachable(self.start):
            raise FlowError(f"no way leads to {', '.join(sorted(lost))}")

    def _check_ways_out(self) -> None:
        alive, grew = set(self.finals), True
        while grew:
            before = len(alive)
            alive |= {source for source, target in self.edges if target in alive}
            grew = len(alive) > before
        if dead := self.states - alive:
            raise FlowError(f"no way leads out of {', '.join(sorted(dead))}")

    def _check_deadlines(self) -> None:
        for deadline in self.deadlines:
            if deadline.state not in self.states:
                raise FlowError(f"deadline for unknown state {deadline.state!r}")
            if deadline.lapse is None:
                continue
            step = self.step(deadline.lapse)
            if step is None or not step.is_clock or deadline.state not in step.sources:
                raise FlowError(f"{deadline.lapse!r} is no step the clock takes from {deadline.state!r}")


def _strings(values: Any) -> tuple[str, ...]:
    if isinstance(values, str):
        return (str(values),)
    return tuple(str(value) for value in values if isinstance(values, Iterable))
