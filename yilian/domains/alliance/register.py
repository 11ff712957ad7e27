"""The register of consortia: every one in a line, narrowed by kind, standing and words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from yilian.domains.alliance.biography import lives_of, numbers_on
from yilian.domains.alliance.life import Clock, clocks_of, next_clock
from yilian.domains.alliance.standing import WORDS, Standing, standings_of
from yilian.registry.consortia import on_day
from yilian.registry.models import Consortium


@dataclass(frozen=True)
class Wish:
    """What the reader narrows the register to; empty means all. `own` keeps those an institution belongs to."""

    kind: str = ""
    standing: str = ""
    words: str = ""
    own: int | None = None

    @classmethod
    def read(cls, data: Mapping[str, str], institution_id: int) -> "Wish":
        """Read the query bar."""
        own = institution_id if data.get("own") else None
        return cls(data.get("kind", ""), data.get("standing", ""), data.get("q", "").strip()[:60], own)


@dataclass(frozen=True)
class Line:
    """One consortium as the register shows it."""

    consortium: Consortium
    standing: Standing
    members: int
    clock: Clock | None
    is_late: bool

    @property
    def word(self) -> str:
        return str(WORDS[self.standing][0])

    @property
    def tone(self) -> str:
        return WORDS[self.standing][1]


def lines(wish: Wish, on: date) -> list[Line]:
    """Return the lines of the register on a day: the troubled first, then by kind and name."""
    rows = list(_narrowed(wish, on))
    standings, lives, numbers = standings_of(rows, on), lives_of(rows), numbers_on(on)
    found = []
    for row in rows:
        clock = next_clock(clocks_of(lives[row.pk], on, numbers), on)
        late = clock is not None and clock.is_late(on)
        found.append(Line(row, standings[row.pk], row.member_count, clock, late))  # type: ignore[attr-defined]
    if wish.standing:
        found = [line for line in found if line.standing == wish.standing]
    return sorted(found, key=_order)


def counts(found: Iterable[Line]) -> list[tuple[str, str, int]]:
    """Return (standing, word, how many) of the standings that occur."""
    seen: dict[Standing, int] = {}
    for line in found:
        seen[line.standing] = seen.get(line.standing, 0) + 1
    return [(standing, str(WORDS[standing][0]), seen[standing]) for standing in Standing if standing in seen]


def _narrowed(wish: Wish, on: date) -> QuerySet[Consortium]:
    today = on_day("memberships__since_on", "memberships__until_on", on)
    rows = Consortium.objects.select_related("lead", "specialty", "grid", "region")
    rows = rows.annotate(member_count=Count("memberships", filter=today, distinct=True))
    if wish.kind:
        rows = rows.filter(kind=wish.kind)
    if wish.words:
        words = Q(name__icontains=wish.words) | Q(lead__name__icontains=wish.words)
        rows = rows.filter(words | Q(specialty__name__icontains=wish.words) | Q(filing_number__icontains=wish.words))
    if wish.own is not None:
        rows = rows.filter(pk__in=Consortium.objects.filter(memberships__institution=wish.own).values("pk"))
    return rows


ORDER = (Standing.ORDERED, Standing.WINDING_UP, Standing.YELLOW, Standing.ACTIVE, Standing.DISSOLVED)


def _order(line: Line) -> tuple[int, bool, str, int]:
    return (ORDER.index(line.standing), not line.is_late, line.consortium.kind, line.consortium.pk)
