"""Which papers the register shows: of this institution or from others, narrowed, the newest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.documents.models import IssuedPaper
from yilian.kernel.documents.paper import papers

SENT, RECEIVED = "sent", "received"
SIDES = ((SENT, _("本机构发文")), (RECEIVED, _("收到的文书")))
VALID, VOID, LAPSED = "valid", "void", "lapsed"
STATES = {VALID: (_("有效"), "success"), VOID: (_("已作废"), "danger"), LAPSED: (_("已失效"), "default")}
EARLIEST = 2000


@dataclass(frozen=True)
class Wish:
    """What the reader narrows the register to; empty means all. `before` is the last row of the page before."""

    side: str = SENT
    words: str = ""
    key: str = ""
    state: str = ""
    year: int | None = None
    before: UUID | None = None

    @classmethod
    def read(cls, given: Mapping[str, str]) -> "Wish":
        """Read the query bar; what is no possible value counts as not given."""
        side, key, state, year = (given.get(name, "") for name in ("side", "key", "state", "year"))
        return cls(
            side=RECEIVED if side == RECEIVED else SENT,
            words=given.get("q", "").replace("\0", "").strip()[:80],
            key=key if key in papers else "",
            state=state if state in STATES else "",
            year=int(year) if year.isdecimal() and EARLIEST <= int(year) <= clock.today().year else None,
            before=_uuid(given.get("before", "")),
        )


def found(wish: Wish, actor: Actor) -> QuerySet[IssuedPaper]:
    """Return the papers of cases in the row scope, the newest first."""
    rows = IssuedPaper.objects.select_related("case").order_by("-id")
    own = Q(institution_id=actor.institution_id)
    rows = rows.filter(own if wish.side == SENT else ~own)
    if wish.words:
        rows = rows.filter(Q(number__icontains=wish.words) | Q(title__icontains=wish.words))
    if wish.key:
        rows = rows.filter(key=wish.key)
    if wish.year:
        rows = rows.filter(issued_at__year=wish.year)
    if wish.state:
        rows = rows.filter(_in_state(wish.state))
    return rows.filter(id__lt=wish.before) if wish.before else rows


def state_of(row: IssuedPaper) -> str:
    """Return how a paper stands now: valid, void, or lapsed with its case."""
    if row.voided_at is not None:
        return VOID
    paper = papers.get(row.key)
    return LAPSED if paper is not None and row.case.state in paper.lapses_in else VALID


def _in_state(state: str) -> Q:
    if state == VOID:
        return Q(voided_at__isnull=False)
    lapsed = [Q(key=paper.key, case__state__in=paper.lapses_in) for paper in papers if paper.lapses_in]
    over = reduce(or_, lapsed, Q(pk=None))
    return Q(voided_at=None) & (over if state == LAPSED else ~over)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
