"""A case type: its words, its model, its table of steps and its form, as one declaration."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from yilian.kernel.access.roles import ANY_ROLE, mask_of, roles
from yilian.kernel.registries import Registry
from yilian.kernel.registries.words import Words
from yilian.kernel.workflow.additions import FormPart, additions
from yilian.kernel.workflow.flow import CLOCK, Ask, Flow, FlowError, Party, Side, Step

if TYPE_CHECKING:
    from yilian.kernel.workflow.models import Case

LIST_KINDS = frozenset(
    [
        "text",
        "state",
        "marks",
        "date",
        "month",
        "datetime",
        "number",
        "priority",
        "institution",
        "code",
        "bool",
        "patient",
    ]
)


@dataclass(frozen=True)
class Column:
    """A column of lists and exports: a field of the case or of its child, a side (`side:receiver`), or a question."""

    name: str
    title: Words
    kind: str = "text"
    shown: bool = True


@dataclass(frozen=True)
class Panel:
    """A card on the detail page: a template and, optionally, what it needs to know."""

    key: str
    title: Words
    template: str
    context: Callable[["Case", Any], Mapping[str, Any] | None] | None = None
    aside: bool = False


@dataclass(frozen=True)
class CaseType:
    """One kind of work.

    `states` gives each state its title and tone (default, primary, info, success, warning, danger, violet).
    `form_parts` are what other domains add to the form (workflow.additions puts them there).
    `opens` says who may open a case, on the side they then play. `parties_from` maps a side to the question of the
    form that names its institution. `oversight` returns further institutions by side for a case and its parties.
    `derives` returns columns that follow from others, such as the authority that a place belongs to; it is asked
    whenever answers have been written, before rules are.
    `former` is the side that an institution keeps when another takes its place (empty: it leaves the case).
    `refusals` gives the sentence for each database constraint that may refuse. `opening` are rules asked at opening.
    `unanswered` are the states in which nobody has answered yet (empty: where sending the form leads).
    `marks` are bits of `Case.flags` with title and tone: shown beside the case wherever it stands, and searched for.
    `main_states` are the stations of the step bar. A new case for a patient starts from the last one if it `repeats`.
    A rare type has no line in the menu (`in_menu`): people come to it from another page, by search or from their inbox.
    One that `comes_along` is opened by a step of another case only, never by hand.
    `kept_to` names the sides to which the JSON interface tells a column; cards decide for themselves.
    """

    key: str
    title: Words
    group: Words
    prefix: str
    model: type["Case"]
    states: Mapping[str, tuple[Words, str]]
    sides: tuple[Side, ...]
    flow: Flow
    opens: tuple[Party, ...]
    form: tuple[Ask, ...] = ()
    form_parts: tuple[FormPart, ...] = ()
    parties_from: Mapping[str, str] = field(default_factory=dict)
    opening: tuple[Any, ...] = ()
    heading: Callable[["Case"], str] | None = None
    columns: tuple[Column, ...] = ()
    panels: tuple[Panel, ...] = ()
    main_states: tuple[str, ...] = ()
    oversight: Callable[["Case", Mapping[str, int]], Mapping[str, list[int]]] | None = None
    derives: Callable[["Case"], Mapping[str, Any]] | None = None
    former: str = ""
    unanswered: tuple[str, ...] = ()
    refusals: Mapping[str, Words] = field(default_factory=dict)
    priorities: tuple[tuple[int, str, str], ...] = ((3, "", "default"),)
    marks: tuple[tuple[int, Words, str], ...] = ()
    repeats: bool = False
    icon: str = "file"
    verb_new: Words = ""
    in_menu: bool = True
    comes_along: bool = False
    kept_to: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    help: Words = ""

    def __post_init__(self) -> None:
        self._check_states()
        self._check_sides()
        for party in self.parties:
            mask_of(party.roles)

    @cached_property
    def parties(self) -> frozenset[Party]:
        """Every party that opens or steps."""
        named = {party for step in self.flow.steps for party in step.by} | set(self.opens)
        return frozenset(named - {CLOCK})

    def side(self, key: str) -> Side:
        """Return a side by its key; raise FlowError for an unknown one."""
        for side in self.sides:
            if side.key == key:
                return side
        raise FlowError(f"{self.key}: no side {key!r}")

    def side_of_code(self, code: int) -> Side:
        """Return a side by the code the database stores."""
        return next(side for side in self.sides if side.code == code)

    def only_reads(self, code: int) -> bool:
        """Say whether the side of this code has no hand in the case: overseers, and those whose place another took."""
        side = self.side_of_code(code)
        return side.is_oversight or side.key == self.former

    def marks_of(self, flags: int) -> list[tuple[str, str]]:
        """Return title and tone of every mark that these flags set."""
        return [(str(title), tone) for bit, title, tone in self.marks if flags & bit]

    def state_title(self, state: str) -> str:
        return str(self.states[state][0])

    def tone(self, state: str) -> str:
        return self.states[state][1]

    def is_final(self, state: str) -> bool:
        return state in self.flow.finals

    @cached_property
    def turns(self) -> Mapping[tuple[str, int], int]:
        """Return the role mask whose turn it is, for each (state, side code) with a duty."""
        waiting: dict[tuple[str, int], int] = {}
        for step in self.flow.steps:
            if not step.duty:
                continue
            for party, source in ((p, s) for p in step.by for s in step.sources if p != CLOCK):
                key = (source, self.side(party.side).code)
                waiting[key] = waiting.get(key, 0) | mask_of(party.roles)
        return waiting

    @property
    def waits_for_an_answer(self) -> tuple[str, ...]:
        """The states in which what was sent has no answer yet: those named, else where the form's sending leads."""
        sent = {step.target_from(step.sources[0]) for step in self.flow.steps if step.completes}
        return self.unanswered or tuple(sorted(sent & self.waits_for_somebody))

    @cached_property
    def waits_for_somebody(self) -> frozenset[str]:
        """The states in which somebody has to act; in the others the case only stands, as what is in force does."""
        return frozenset(state for state, _side in self.turns)

    def may_open(self, role_mask: int) -> Party | None:
        """Return the party as which a holder of these roles may open a case by hand, or None."""
        return None if self.comes_along else self.opener(role_mask)

    def opener(self, role_mask: int) -> Party | None:
        """Return the party as which a holder of these roles opens a case, be it by a step of another one."""
        return next((party for party in self.opens if mask_of(party.roles) & role_mask), None)

    def uses_role(self, role_mask: int) -> bool:
        """Say whether any party of this type acts in one of these roles: menus show only such types."""
        return bool(self._roles & role_mask) or role_mask == ANY_ROLE

    @cached_property
    def _roles(self) -> int:
        return reduce(or_, (mask_of(party.roles) for party in self.parties), 0)

    def ask(self, name: str) -> Ask | None:
        """Return a question of the opening form or of any step."""
        return self._asks.get(name)

    @cached_property
    def _asks(self) -> Mapping[str, Ask]:
        questions = [*self.form, *(ask for step in self.flow.steps for ask in step.asks)]
        return {question.name: question for question in reversed(questions)}

    @cached_property
    def departments(self) -> tuple[str, ...]:
        """Return the columns that name a department: questions for one that the model keeps."""
        kept = {field.name for field in self.model._meta.local_fields}
        return tuple(name for name, ask in self._asks.items() if ask.kind == "department" and name in kept)

    @cached_property
    def personal(self) -> frozenset[str]:
        """Return the names of the answers that tell who the patient is, beside the patient."""
        questions = [*self.form, *(ask for step in self.flow.steps for ask in step.asks)]
        return frozenset(ask.name for ask in questions if ask.is_personal)

    def step_title(self, verb: str) -> str:
        """Return a step's title for the history, the built-in ones included."""
        step: Step | None = self.flow.step(verb)
        return str(step.title) if step else verb

    def _check_states(self) -> None:
        known = set(map(str, self.states))
        if missing := self.flow.states - known:
            raise FlowError(f"{self.key}: no title for {', '.join(sorted(missing))}")
        if unused := known - self.flow.states:
            raise FlowError(f"{self.key}: no step knows {', '.join(sorted(unused))}")
        if strange := set(map(str, self.main_states)) - known:
            raise FlowError(f"{self.key}: step bar shows unknown {', '.join(sorted(strange))}")

    def _check_sides(self) -> None:
        if len({side.code for side in self.sides}) != len(self.sides):
            raise FlowError(f"{self.key}: two sides share a code")
        for party in self.parties:
            self.side(party.side)
        for side in self.parties_from:
            self.side(side)


class _CaseTypes(Registry[CaseType]):
    def add(self, item: CaseType) -> CaseType:
        """Declare a case type with what others add to it; its prefix must be free, and its model its alone."""
        for other in self:
            if other.prefix == item.prefix or other.model is item.model:
                raise FlowError(f"{item.key} and {other.key} share a prefix or a model")
        return super().add(additions.join(item))


case_types: _CaseTypes = _CaseTypes("case type")

__all__ = ["CaseType", "Column", "Panel", "case_types", "roles"]
