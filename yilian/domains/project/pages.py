"""The board of projects: those the reader sees by stage, and their time on one scale."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from yilian.domains.project.case_type import project_type
from yilian.domains.project.gantt import Span, charted
from yilian.domains.project.menu import READERS
from yilian.domains.project.models import Project
from yilian.domains.project.models import ProjectState as S
from yilian.kernel import clock
from yilian.kernel.pages.page import Page
from yilian.kernel.registries.words import Words

LANES: tuple[tuple[Words, tuple[str, ...]], ...] = (
    (_("申请与审议"), (S.SCREENING, S.DECIDING)),
    (_("编制计划"), (S.PLANNING, S.CONFIRMING)),
    (_("执行中"), (S.RUNNING, S.CHANGING)),
    (_("进度滞后"), (S.DELAYED,)),
    (_("评价中"), (S.MIDTERM, S.EVALUATING)),
    (_("已结束"), (S.CLOSED, S.STOPPED)),
)
MOST = 300
STANDINGS = {S.CLOSED: "done", S.STOPPED: "ahead", S.DELAYED: "late", S.RUNNING: "open", S.CHANGING: "open",
             S.MIDTERM: "open", S.EVALUATING: "open"}  # fmt: skip


@dataclass(frozen=True)
class Card:
    """A project on the board, with how many of its milestones are done."""

    project: Project
    state: str
    tone: str
    done: int
    count: int
    is_late: bool


@dataclass(frozen=True)
class Lane:
    """A stage and the projects in it."""

    title: Words
    cards: list[Card]


class Board(Page):
    """`/projects/`: `consortium=` narrows to one consortium."""

    template = "project/board.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        self.insist(*READERS)
        projects = self._projects()
        consortia = sorted({row.consortium for row in projects if row.consortium}, key=lambda one: one.name)
        chosen = request.GET.get("consortium", "")
        if chosen.isdecimal():
            projects = [row for row in projects if row.consortium_id == int(chosen)]
        cards = [_card(row) for row in projects]
        return self.show({
            "lanes": _lanes(cards),
            "chart": charted([_span(card) for card in cards if _is_drawn(card.project)], clock.today()),
            "count": len(cards),
            "consortia": consortia,
            "chosen": int(chosen) if chosen.isdecimal() else None,
            "may_apply": project_type.may_open(self.actor.roles) is not None,
        })  # fmt: skip

    def _projects(self) -> list[Project]:
        """Return what this actor sees of the projects on the board, the latest last; row security narrows them."""
        states = [state for _title, found in LANES for state in found]
        rows = Project.objects.filter(state__in=states).select_related("applicant", "consortium")
        stands = Q(milestones__dropped_by=0)
        rows = rows.annotate(
            count=Count("milestones", filter=stands),
            done=Count("milestones", filter=stands & Q(milestones__done_on__isnull=False)),
        )
        return list(rows.order_by("starts_on", "pk")[:MOST])


def _card(row: Any) -> Card:
    today = clock.today()
    is_late = bool(row.open and row.next_on and row.next_on < today)
    return Card(
        row, project_type.state_title(row.state), project_type.tone(row.state), row.done, row.count, is_late
    )  # fmt: skip


def _lanes(cards: list[Card]) -> list[Lane]:
    by_state: dict[str, list[Card]] = defaultdict(list)
    for card in cards:
        by_state[card.project.state].append(card)
    return [Lane(title, [card for state in states for card in by_state[state]]) for title, states in LANES]


def _is_drawn(project: Project) -> bool:
    return bool(project.starts_on and project.ends_on)


def _span(card: Card) -> Span:
    project = card.project
    return Span(card, project.starts_on, project.ends_on, STANDINGS.get(S(project.state), "ahead"))
