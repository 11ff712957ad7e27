"""Help: what each case type is for, its states as a picture, its steps as a table with their articles."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from yilian.kernel.access.roles import mask_of, titles_of
from yilian.kernel.pages import kinds
from yilian.kernel.pages.cases import KindPage
from yilian.kernel.pages.diagram import draw
from yilian.kernel.pages.page import Page
from yilian.kernel.rules.parameter import parameters
from yilian.kernel.rules.regulation import Citation
from yilian.kernel.rules.rule import Rule
from yilian.kernel.workflow.case_type import CaseType, case_types
from yilian.kernel.workflow.flow import CLOCK, Deadline, Party, Step


@dataclass(frozen=True)
class StepLine:
    """A row of the table of steps."""

    step: Step
    sources: list[str]
    target: str
    who: list[str]
    rules: tuple[Rule, ...]


class Help(Page):
    """`/help/`: the case types of this person first, then the others, and how to work with lists and keys."""

    template = "pages/help.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        mine = kinds.used(self.actor)
        return self.show({"mine": mine, "others": [kind for kind in case_types if kind not in mine]})


class KindHelp(KindPage):
    """`/help/<kind>/`."""

    template = "pages/help_kind.html"

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        return self.show(
            {
                "kind": self.kind,
                "diagram": draw(self.kind),
                "lines": [_line(self.kind, step) for step in self.kind.flow.steps],
                "deadlines": [_deadline(self.kind, deadline) for deadline in self.kind.flow.deadlines],
                "openers": [_who(self.kind, party) for party in self.kind.opens],
            }
        )


def _line(kind: CaseType, step: Step) -> StepLine:
    sources = [kind.state_title(source) for source in step.sources]
    target = kind.state_title(step.target) if step.target else _("不变")
    return StepLine(step, sources, target, [_who(kind, party) for party in step.by], step.needs)


def _who(kind: CaseType, party: Party) -> str:
    if party == CLOCK:
        return _("系统（到期自动）")
    side = str(kind.side(party.side).title)
    roles = _("、").join(titles_of(mask_of(party.roles)))
    return _("{side}（{roles}）").format(side=side, roles=roles) if party.roles else side


def _deadline(kind: CaseType, deadline: Deadline) -> dict[str, Any]:
    known = parameters.get(deadline.parameter)
    step = kind.flow.step(deadline.lapse) if deadline.lapse else None
    return {
        "state": kind.state_title(deadline.state),
        "parameter": known,
        "lapse": str(step.title) if step else "",
        "cite": deadline.cite if isinstance(deadline.cite, Citation) else None,
    }
