"""Who listens, and what each has not yet been told; plain Python, one event loop."""

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field

MOST_UNTOLD = 100
AGAIN = "again"
NO_CASE = "-"


@dataclass(frozen=True)
class Change:
    """A case (or "-") at a version, and the institutions that see it: the payload of one notification."""

    case: str
    version: int
    institutions: frozenset[int]

    @classmethod
    def parse(cls, payload: str) -> "Change":
        """Read "<case> <version> <institution>,…"; raises ValueError."""
        case, version, seers = payload.split(" ")
        return cls(case, int(version), frozenset(int(one) for one in seers.split(",") if one))


@dataclass(eq=False)
class Listener:
    """One open page: what it has not been told yet, by case; a page that falls behind is told to ask for all."""

    institution_id: int
    user_id: int
    untold: dict[str, int] = field(default_factory=dict)
    is_behind: bool = False
    woken: asyncio.Event = field(default_factory=asyncio.Event)

    def hear(self, change: Change) -> None:
        """Take in a change; the same case again replaces what was said of it."""
        if len(self.untold) >= MOST_UNTOLD and change.case not in self.untold:
            self.fall_behind()
            return
        self.untold[change.case] = change.version
        self.woken.set()

    def fall_behind(self) -> None:
        """Something may have been missed."""
        self.is_behind = True
        self.untold.clear()
        self.woken.set()

    def take(self) -> list[tuple[str, str]]:
        """Return (event, data) of everything untold, and forget it."""
        events = [(AGAIN, "")] if self.is_behind else []
        events += [("change", f"{case} {version}") for case, version in self.untold.items()]
        self.untold, self.is_behind = {}, False
        self.woken.clear()
        return events


class TooManyError(Exception):
    """No more streams fit into this process, or this person has enough."""


class Hub:
    """All listeners, by institution: a change reaches those of the institutions that see it and nobody else."""

    def __init__(self, *, most: int, most_of_one: int) -> None:
        self.most, self.most_of_one = most, most_of_one
        self._by_institution: dict[int, set[Listener]] = defaultdict(set)

    def __len__(self) -> int:
        return sum(map(len, self._by_institution.values()))

    def add(self, institution_id: int, user_id: int) -> Listener:
        """Let a page listen. Raises TooManyError."""
        own = sum(listener.user_id == user_id for group in self._by_institution.values() for listener in group)
        if len(self) >= self.most or own >= self.most_of_one:
            raise TooManyError
        listener = Listener(institution_id, user_id)
        self._by_institution[institution_id].add(listener)
        return listener

    def remove(self, listener: Listener) -> None:
        """Forget a page that has gone."""
        group = self._by_institution[listener.institution_id]
        group.discard(listener)
        if not group:
            del self._by_institution[listener.institution_id]

    def tell(self, change: Change) -> None:
        """Tell a change to those who may hear of it."""
        for institution_id in change.institutions & self._by_institution.keys():
            for listener in self._by_institution[institution_id]:
                listener.hear(change)

    def tell_all_to_ask_again(self) -> None:
        """After a gap nobody knows what was missed."""
        for group in self._by_institution.values():
            for listener in group:
                listener.fall_behind()
