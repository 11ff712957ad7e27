"""Where a case stands for one person: the step bar, the buttons, what blocks them and whose turn it is."""

from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from yilian.kernel.access.actor import Actor
from yilian.kernel.access.roles import mask_of, titles_of
from yilian.kernel.workflow.flow import CLOCK, EDIT, Step
from yilian.kernel.workflow.gate import StepState, open_steps
from yilian.kernel.workflow.models import AWAITS_REPLY, Case, Participation

MOST_BUTTONS = 3
FIRST = {"primary": 0, "default": 1, "danger": 2}


@dataclass(frozen=True)
class Station:
    """One station of the step bar: done, now, ahead, or off (the case left the main road here)."""

    title: str
    standing: str


class Standing:
    """Computed only as far as a template asks."""

    def __init__(self, case: Case, actor: Actor) -> None:
        self.case, self.actor, self.case_type = case, actor, case.case_type

    @cached_property
    def steps(self) -> list[StepState]:
        return open_steps(self.case, self.actor)

    @cached_property
    def mine(self) -> list[StepState]:
        """The steps of this person, the important ones first."""
        found = [item for item in self.steps if item.is_mine]
        return sorted(found, key=lambda item: (FIRST.get(item.step.style, 1), not item.step.duty))

    @cached_property
    def open(self) -> list[Step]:
        return [item.step for item in self.mine if item.is_open]

    @cached_property
    def buttons(self) -> list[Step]:
        """At most three: my duties first, and what is highlighted when I have some; the rest stays under "more"."""
        duties = [step for step in self.open if step.duty]
        wanted = [step for step in self.open if step.duty or step.style == "primary"] if duties else []
        edits = [step for step in self.open if step.verb == EDIT]
        return [*wanted, *edits][:MOST_BUTTONS]

    @property
    def more(self) -> list[Step]:
        return [step for step in self.open if step not in self.buttons]

    @property
    def blocked(self) -> list[StepState]:
        """My duties, and steps worth a button, that cannot be done now, with their reasons."""
        return [item for item in self.mine if item.reasons and (item.step.duty or item.step.style == "primary")]

    @cached_property
    def waits_for(self) -> list[str]:
        """Say who has to act now: "北岭县人民医院（转诊中心）", one line per institution; empty when nobody does."""
        found: dict[str, None] = {}
        for step in self.case_type.flow.steps_from(self.case.state):
            if not step.duty:
                continue
            for party in step.by:
                if party == CLOCK:
                    continue
                roles = _("、").join(titles_of(mask_of(party.roles))) if party.roles else ""
                for row in self._rows(party.side):
                    side = str(row.institution)
                    found[_("{side}（{roles}）").format(side=side, roles=roles) if roles else side] = None
        return list(found)

    @cached_property
    def is_my_turn(self) -> bool:
        return any(item.step.duty for item in self.mine)

    @property
    def awaits_reply(self) -> bool:
        """Whether a message on the case waits for a reply."""
        return bool(self.case.flags & AWAITS_REPLY)

    @property
    def marks(self) -> list[tuple[str, str]]:
        """(title, tone) of what the case's flags say."""
        return self.case_type.marks_of(self.case.flags)

    @cached_property
    def stations(self) -> list[Station]:
        """The step bar; empty when the case type names no main states."""
        main = [str(state) for state in self.case_type.main_states]
        if not main:
            return []
        if self.case.state in main:
            here = main.index(self.case.state)
            is_over = self.case_type.is_final(self.case.state)
            return [
                Station(self.case_type.state_title(state), _standing_of(position, here, is_over))
                for position, state in enumerate(main)
            ]
        return self._aside(main)

    def _aside(self, main: list[str]) -> list[Station]:
        """The case is beside the main road: what it passed, then where it is, then what a way still leads to."""
        passed = {line.state_to for line in self.case.history.all()}
        to_come = self.case_type.flow.reachable(self.case.state) - passed
        done = [state for state in main if state in passed]
        ahead = [state for state in main if state in to_come]
        return [
            *(Station(self.case_type.state_title(state), "done") for state in done),
            Station(self.case.state_title, "off" if self.case_type.tone(self.case.state) == "danger" else "now"),
            *(Station(self.case_type.state_title(state), "ahead") for state in ahead),
        ]

    @cached_property
    def parties(self) -> list[tuple[str, str]]:
        """(side, institution) of everyone who takes part, in the order of the sides."""
        rows = sorted(self.case.taking_part(), key=lambda row: (row.side, row.institution_id))
        return [(str(self.case_type.side_of_code(row.side).title), str(row.institution)) for row in rows]

    @cached_property
    def priority(self) -> tuple[str, str] | None:
        """(title, tone) of the urgency, or None when the case type has none."""
        return priority_of(self.case_type, self.case.priority)

    def _rows(self, side: str) -> list[Participation]:
        code = self.case_type.side(side).code
        return [row for row in self.case.taking_part() if row.side == code]


def _standing_of(position: int, here: int, is_over: bool) -> str:
    if position < here or (position == here and is_over):
        return "done"
    return "now" if position == here else "ahead"


def priority_of(case_type: object, value: int) -> tuple[str, str] | None:
    """Return (title, tone) of an urgency, or None when it has no name."""
    for number, title, tone in case_type.priorities:  # type: ignore[attr-defined]
        if number == value and title:
            return str(title), tone
    return None
