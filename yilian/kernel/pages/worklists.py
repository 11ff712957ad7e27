"""The pages one works from: what waits for me, what is late, what others have not answered."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.notices import reading
from yilian.kernel.pages import kinds
from yilian.kernel.pages.own_department import own_department
from yilian.kernel.pages.page import Page
from yilian.kernel.pages.person_words import person_words
from yilian.kernel.pages.query_bar import place_of, place_words
from yilian.kernel.pages.standing import priority_of
from yilian.kernel.workflow import queries, standing_queries
from yilian.kernel.workflow.case_type import case_types
from yilian.kernel.workflow.models import AWAITS_REPLY
from yilian.kernel.workflow.queries import CAP, PAGE, Row

ON_HOME = 8
NOTICES_ON_HOME = 5
MINE, LATE, UNANSWERED, SENT = "mine", "late", "unanswered", "sent"
RANK, DEPARTMENT = "rank", "department"
"""What a chip of an urgency or of a department begins with; one of a state is `<kind>.<state>`."""


@dataclass(frozen=True)
class Work:
    """One line of a worklist: state, who and what, from where to where, number, how late."""

    address: str
    number: str
    kind_title: str
    state_title: str
    tone: str
    title: str
    who: str
    between: str
    priority: tuple[str, str] | None
    marks: list[tuple[str, str]]
    due: datetime | None
    since: datetime
    awaits_reply: bool


def works(rows: list[Row]) -> list[Work]:
    """Return the lines of some rows; the institutions of all of them are read at once."""
    parties = queries.party_names([row["id"] for row in rows]) if rows else {}
    return [_work(row, parties.get(row["id"], [])) for row in rows]


def _work(row: Row, parties: list[tuple[int, int, str]]) -> Work:
    kind = case_types[row["kind"]]
    chief = [side.code for side in kind.sides if not side.is_oversight][:2]
    names = [name for code in chief for side, _institution, name in parties if side == code]
    return Work(
        address=f"/{kind.key}/{row['id']}/",
        number=row["number"],
        kind_title=str(kind.title),
        state_title=kind.state_title(row["state"]),
        tone=kind.tone(row["state"]),
        title=row["title"],
        who=person_words(row["patient_label"] or "", row["patient_sex"], row["patient_birth_on"]),
        between=" → ".join(names),
        priority=_marked(kind, row["priority"]),
        marks=kind.marks_of(row["flags"]),
        due=row["due"],
        since=row["since"],
        awaits_reply=bool(row["flags"] & AWAITS_REPLY),
    )


def _marked(kind: Any, value: int) -> tuple[str, str] | None:
    """Return the urgency when it is worth a mark: the ordinary one is not."""
    found = priority_of(kind, value)
    return found if found and found[1] != "default" else None


def waiting_for_others(actor: Actor, limit: int, before: UUID | None = None) -> list[Row]:
    """Return what this institution opened and others have in hand, newest first, older than the case `before`."""
    mine = [kind for kind in case_types if kind.uses_role(actor.roles)]
    states = [(kind.key, state) for kind in mine for state in kind.waits_for_somebody]
    return queries.waiting(actor, states, limit=limit, before=before)


def not_answered(actor: Actor, limit: int, before: UUID | None = None) -> list[Row]:
    """Return what this institution sent and nobody has answered, newest first, older than the case `before`."""
    kinds_here = [kind for kind in case_types if kind.uses_role(actor.roles)]
    states = [(kind.key, str(state)) for kind in kinds_here for state in kind.waits_for_an_answer]
    return standing_queries.unanswered(actor, states, limit=limit, before=before)


@dataclass(frozen=True)
class Chip:
    """One way to narrow the inbox: what the address calls it, its title and tone, how many it leaves."""

    key: str
    title: str
    tone: str
    count: int


def chips(groups: list[Row]) -> list[Chip]:
    """Return the urgencies worth a mark, then the states, of what waits; the commonest state first."""
    ranks: dict[tuple[str, str, str], int] = {}
    states: dict[tuple[str, str], int] = {}
    for row in groups:
        states[row["kind"], row["state"]] = states.get((row["kind"], row["state"]), 0) + row["n"]
        if mark := _marked(case_types[row["kind"]], row["priority"]):
            rank = (f"{RANK}{row['priority']}", *mark)
            ranks[rank] = ranks.get(rank, 0) + row["n"]
    found = [Chip(key, title, tone, count) for (key, title, tone), count in ranks.items()]
    several = len({kind for kind, _state in states}) > 1
    for (key, state), count in sorted(states.items(), key=lambda item: -item[1]):
        kind = case_types[key]
        title = f"{kind.title} · {kind.state_title(state)}" if several else kind.state_title(state)
        found.append(Chip(f"{key}.{state}", title, kind.tone(state), count))
    return found


def department_chip(actor: Actor) -> list[Chip]:
    """Return the chip of the reader's own department, where something of it waits."""
    own = own_department(actor, case_types)
    count = standing_queries.count_of_department(actor, own.value) if own else 0
    if own is None or not count:
        return []
    return [Chip(f"{DEPARTMENT}{own.value}", _("本科室：{name}").format(name=own.label), "default", count)]


def narrowed(wish: str) -> dict[str, Any]:
    """Return what a chip's name in the address asks of the inbox; nothing for a name that says nothing."""
    if wish.startswith(RANK) and wish[len(RANK) :].isdecimal() and len(wish) < 8:
        return {"priority": int(wish[len(RANK) :])}
    if wish.startswith(DEPARTMENT) and wish[len(DEPARTMENT) :].isdecimal() and len(wish) < 20:
        return {"department_id": int(wish[len(DEPARTMENT) :])}
    key, _dot, state = wish.partition(".")
    return {"kind": key, "state": state} if key in case_types and state in case_types[key].states else {}


class Home(Page):
    """The first page after the login: worklists first."""

    template = "pages/home.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        mine = queries.inbox(self.actor, order=queries.BY_PRIORITY, limit=ON_HOME)
        sent = not_answered(self.actor, CAP)
        count = queries.count_inbox(self.actor)
        late = queries.count_inbox(self.actor, late_by=clock.now()) if count else 0
        return self.show(
            {
                "mine": works(mine),
                "sent": works(sent[:ON_HOME]),
                "count": count,
                "late": late,
                "sent_count": len(sent),
                "openable": kinds.openable(self.actor),
                "notices": reading.newest(self.actor, only_unread=True, most=NOTICES_ON_HOME),
            }
        )


class Inbox(Page):
    """我的待办: what waits for me, the most urgent or the earliest due first; what is late; what I sent."""

    template = "pages/inbox.html"
    part = "pages/inbox_part.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        tab = request.GET.get("tab", MINE)
        tab = tab if tab in (MINE, LATE, UNANSWERED, SENT) else MINE
        is_mine = tab in (MINE, LATE)
        only = request.GET.get("only", "") if is_mine and narrowed(request.GET.get("only", "")) else ""
        rows = self._rows(tab, only)
        more = len(rows) > PAGE
        rows = rows[:PAGE]
        context = {
            "tab": tab,
            "tabs": self._tabs(),
            "chips": self._chips() if tab == MINE else [],
            "only": only,
            "here": "/inbox/?" + urlencode({"tab": tab} | ({"only": only} if only else {})),
            "lines": works(rows),
            "next": place_words(rows[-1]) if more else "",
            "is_first": "after" not in request.GET,
            "sort": self.order if is_mine else "",
        }
        return self.show(context)

    def _chips(self) -> list[Chip]:
        return chips(standing_queries.inbox_groups(self.actor)) + department_chip(self.actor)

    def _rows(self, tab: str, only: str) -> list[Row]:
        after = place_of(self.request.GET.get("after", ""))
        if tab in (SENT, UNANSWERED):
            listed = waiting_for_others if tab == SENT else not_answered
            return listed(self.actor, PAGE + 1, after.id if after else None)
        wish = narrowed(only)
        if department := wish.get("department_id"):
            return standing_queries.inbox_of_department(
                self.actor, department, skip_to=after, order=self.order, limit=PAGE + 1
            )
        late_by = clock.now() if tab == LATE else None
        return queries.inbox(self.actor, late_by=late_by, skip_to=after, order=self.order, limit=PAGE + 1, **wish)

    @property
    def order(self) -> str:
        wish = self.request.GET.get("sort", "")
        return wish if wish in queries.ORDERS else queries.BY_PRIORITY

    def _tabs(self) -> list[tuple[str, str, int]]:
        return [
            (MINE, _("等我办理"), queries.count_inbox(self.actor)),
            (LATE, _("已超时"), queries.count_inbox(self.actor, late_by=clock.now())),
            (UNANSWERED, _("我方发出、对方尚未答复"), len(not_answered(self.actor, CAP))),
            (SENT, _("我方发出、办理中"), len(waiting_for_others(self.actor, CAP))),
        ]
