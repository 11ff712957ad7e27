"""What is late: open cases past their time that the reader sees, the longest overdue first, and who has to act."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yilian.kernel import clock
from yilian.kernel.workflow.case_type import case_types
from yilian.kernel.workflow.models import Case, Participation

MOST, COUNTED = 8, 100


@dataclass(frozen=True)
class LateCase:
    """One case: no patient is named on a wall."""

    number: str
    title: str
    state: str
    due: datetime
    waits_for: tuple[str, ...]
    address: str


@dataclass(frozen=True)
class Late:
    """The longest overdue, and how many there are; `is_more` when that is the end of counting."""

    cases: tuple[LateCase, ...]
    count: int

    @property
    def is_more(self) -> bool:
        return self.count == COUNTED


def late_cases(consortium_id: int | None, most: int = MOST) -> Late:
    """Return what is late in a consortium (or in all that the reader sees) by two statements."""
    rows = Case.objects.filter(open=True, due__lt=clock.now())
    if consortium_id is not None:
        rows = rows.filter(consortium_id=consortium_id)
    columns = ("id", "kind", "number", "state", "due")
    found = [row for row in rows.order_by("due").values_list(*columns)[:COUNTED] if row[1] in case_types]
    shown = found[:most]
    waits = _waits([row[0] for row in shown])
    return Late(
        tuple(
            LateCase(number, str(case_types[kind].title), case_types[kind].state_title(state), due, waits[key],
                     f"/{kind}/{key}/")
            for key, kind, number, state, due in shown
        ),
        len(found),
    )  # fmt: skip


def _waits(keys: Sequence[UUID]) -> dict[UUID, tuple[str, ...]]:
    found: dict[UUID, dict[str, None]] = defaultdict(dict)
    rows = Participation.objects.filter(case_id__in=keys).exclude(turn=0).order_by("side")
    for key, name, short in rows.values_list("case_id", "institution__name", "institution__short_name"):
        found[key][short or name] = None
    return {key: tuple(found[key]) for key in keys}
