"""The query bar of a list: what a person may narrow a list to, read from the address and back into it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from yilian.kernel.access.actor import Actor
from yilian.kernel.pages.asking import Option
from yilian.kernel.pages.own_department import own_department
from yilian.kernel.workflow.case_type import CaseType
from yilian.kernel.workflow.lookups import lookups
from yilian.kernel.workflow.queries import BY_DUE, BY_PRIORITY, ORDERS, PAGE, Filter, Place, Row

OPEN, CLOSED = "open", "closed"
SEARCHES = ("number", "patient", "partner", "department", "mark")
FIRST_DAY, LAST_DAY = date(1970, 1, 2), date(9998, 12, 31)
NAMES = ("number", "state", "priority", "side", "partner", "department", "mark", "patient", "since", "until", "sort")


@dataclass(frozen=True)
class Query:
    """The wishes of one request; what does not make sense is ignored."""

    kind: CaseType
    actor: Actor
    data: QueryDict

    def text(self, name: str) -> str:
        return self._texts.get(name, "")

    @cached_property
    def _texts(self) -> dict[str, str]:
        return {name: self.data.get(name, "").strip()[:100] for name in self.data}

    @cached_property
    def wishes(self) -> dict[str, str]:
        """What was asked, without the place in the pages."""
        return {name: text for name, text in self.asked.items() if text}

    @cached_property
    def asked(self) -> dict[str, str]:
        """Every wish, empty where nothing was asked."""
        return {name: self.text(name) for name in NAMES}

    @property
    def is_narrow(self) -> bool:
        return bool(self.wishes.keys() - {"sort"})

    def address(self, **changes: str) -> str:
        """Return the query string with some wishes changed ("" drops one)."""
        merged = {name: value for name, value in (self.wishes | changes).items() if value}
        return urlencode(merged)

    @cached_property
    def order(self) -> str:
        """How the rows are ordered: "" is newest first. Only open cases have a due date and an urgency that matter."""
        sort, state = self.text("sort"), self.text("state")
        searched = any(self.text(name) for name in SEARCHES)
        closed = state == CLOSED or (state in self.kind.states and self.kind.is_final(state))
        return sort if sort in ORDERS and not searched and not closed else ""

    @property
    def is_order_left_out(self) -> bool:
        """Whether an order was wished for that this search does not know."""
        return self.text("sort") in ORDERS and not self.order

    @property
    def sorts(self) -> list[Option]:
        """The orders on offer besides newest first."""
        known = [(BY_DUE, _("办理时限从早到晚（未办结）"))]
        known += [(BY_PRIORITY, _("紧急程度从高到低（未办结）"))] if self.priorities else []
        return [Option(value, title, value == self.text("sort")) for value, title in known]

    def filter(self, *, limit: int = PAGE + 1, pages: bool = True) -> Filter:
        """Return the wishes as the engine takes them; `pages` keeps the place in the pages."""
        state = self.text("state")
        return Filter(
            states=(state,) if state in map(str, self.kind.states) else (),
            is_open={OPEN: True, CLOSED: False}.get(state),
            priority=_number(self.text("priority")),
            side=_number(self.text("side")),
            patient_id=key_of(self.text("patient")),
            number=self.text("number").upper(),
            partner_id=_number(self.text("partner"), digits=9),
            department_id=_number(self.text("department"), digits=9) if self.kind.departments else None,
            mark=_number(self.text("mark")) if self.kind.marks else None,
            since=_midnight(self.text("since")),
            until=_midnight(self.text("until"), days=1),
            before=key_of(self.text("before")) if pages and not self.order else None,
            after=key_of(self.text("after")) if pages and not self.order else None,
            limit=limit,
            order=self.order,
            skip_to=place_of(self.text("after")) if pages and self.order else None,
        )

    @property
    def states(self) -> list[Option]:
        wish = self.text("state")
        general = [(OPEN, _("未办结")), (CLOSED, _("已办结"))]
        every = general + [(str(state), self.kind.state_title(str(state))) for state in self.kind.states]
        return [Option(value, title, value == wish) for value, title in every]

    @property
    def priorities(self) -> list[Option]:
        """Empty when the case type knows no urgency."""
        named = [(str(number), str(title)) for number, title, _tone in self.kind.priorities if title]
        return [Option(value, title, value == self.text("priority")) for value, title in named]

    @property
    def marks(self) -> list[Option]:
        """Empty when the case type marks nothing."""
        found = [(str(bit), str(title)) for bit, title, _tone in self.kind.marks]
        return [Option(value, title, value == self.text("mark")) for value, title in found]

    @property
    def sides(self) -> list[Option]:
        """The parts an institution may play: "which of my cases" (sent or received)."""
        sides = [side for side in self.kind.sides if not side.is_oversight]
        if len(sides) < 2:
            return []
        return [Option(str(side.code), str(side.title), str(side.code) == self.text("side")) for side in sides]

    @property
    def has_patients(self) -> bool:
        return any(ask.kind == "patient" for ask in self.kind.form)

    @property
    def patient(self) -> list[Option]:
        return self._picked("patient", "patient", "")

    @property
    def partner(self) -> list[Option]:
        """The other institution that was asked for."""
        return self._picked("partner", "institution", "any")

    @property
    def department(self) -> list[Option]:
        """The department that was asked for."""
        return self._picked("department", "department", "")

    @cached_property
    def own_department(self) -> Option | None:
        """The reader's own department; None where it is not known."""
        found = own_department(self.actor, [self.kind])
        value = str(found.value) if found else ""
        return Option(value, found.label, value == self.text("department")) if found else None

    @property
    def is_walk(self) -> bool:
        """Whether what is asked for is looked up case by case, so that only the newest are looked through."""
        return any(self.text(name) for name in ("partner", "department", "mark")) and not (
            self.text("number") or self.text("patient")
        )

    def _picked(self, name: str, kind: str, source: str) -> list[Option]:
        wish = self.text(name)
        found = lookups[kind].resolve(self.actor, wish, source) if wish and kind in lookups else None
        return [Option(str(found.value), found.label, True)] if found else []


def place_of(text: str) -> Place | None:
    """Return the place in an ordered list that a piece of an address spells ("priority~due~key"), or None."""
    rank, _sign, rest = text.partition("~")
    due, _sign, key = rest.partition("~")
    try:
        return Place(parse_datetime(due) if due else None, UUID(key), _number(rank) or 0) if key else None
    except ValueError:
        return None


def place_words(row: Row) -> str:
    """Return the place of a row in an ordered list as an address spells it."""
    return f"{row['priority']}~{row['due'].isoformat() if row['due'] else ''}~{row['id']}"


def _number(text: str, digits: int = 4) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= digits else None


def key_of(text: str) -> UUID | None:
    """Return the key that a piece of an address spells, or None."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _midnight(text: str, days: int = 0) -> datetime | None:
    """Return the first moment of a day, or of one so many days later; keys of cases know no time before 1970."""
    day: date | None = _day(text)
    if day is None:
        return None
    day = min(max(day, FIRST_DAY), LAST_DAY) + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time.min))


def _day(text: str) -> date | None:
    try:
        return parse_date(text) if text else None
    except ValueError:
        return None
