"""What has to be counted anew: a number is stale when its formula, the files it came from or the members changed.

Each number of a span has a stamp, a digest over all of that. So a new formula counts its whole past, a corrected month
is counted again for those who read it, and running once more does nothing.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from yilian.kernel import clock
from yilian.kernel.indicators.belonging import belonging
from yilian.kernel.indicators.catalogue import Edition
from yilian.kernel.indicators.models import Computed
from yilian.kernel.indicators.spans import LENGTHS, Span, between, months_in, number, span_of
from yilian.kernel.indicators.tree import columns
from yilian.kernel.indicators.typing_rules import institutions_fact
from yilian.kernel.lake.fact import Fact, facts
from yilian.kernel.lake.manifest import Manifest


@dataclass(frozen=True)
class Work:
    """An edition and the spans of it to count anew, each with the stamp it then gets."""

    edition: Edition
    spans: dict[Span, bytes]

    @property
    def fact(self) -> Fact:
        assert self.edition.formula
        return facts[self.edition.formula.fact]


class Ground:
    """What numbers rest on: the lake, who belonged where in which month, and which institutions there are."""

    def __init__(
        self, manifest: Manifest, members: Iterable[tuple[int, int, int]] = (), institutions: Iterable[int] = ()
    ) -> None:
        self.institutions = tuple(sorted(institutions))
        self.circles: dict[int, dict[int, list[int]]] = {}
        for institution, consortium, month in sorted(members):
            self.circles.setdefault(month, {}).setdefault(institution, []).append(consortium)
        self._files: dict[tuple[str, int], list[str]] = {}
        for part in manifest.parts:
            if part.rows:
                self._files.setdefault((part.fact, part.month), []).append(part.file)
        self._said = {month: repr(sorted(circles.items())) for month, circles in self.circles.items()}

    def circles_of(self, institution: int, month: int) -> list[int]:
        """Return the consortia an institution belonged to in a month."""
        return self.circles.get(month, {}).get(institution, [])

    def members(self, months: Iterable[int]) -> list[tuple[int, int, int]]:
        """Return (institution, consortium, month) of every membership in these months."""
        return [
            (institution, consortium, month)
            for month in months
            for institution, consortia in self.circles.get(month, {}).items()
            for consortium in consortia
        ]

    def months(self, fact: Fact) -> list[int]:
        """Return the months of which numbers can be known: those fed, or for our own rows all since the first one."""
        there = sorted(month for key, month in self._files if key == fact.key)
        if fact.is_fed or not there:
            return there
        return between(there[0], max(number(clock.today()), there[-1]))

    def stamp(self, edition: Edition, months: Iterable[int]) -> bytes:
        """Return the digest over what a number of these months rests on."""
        assert edition.formula
        said = [edition.digest.hex(), edition.base.hex(), repr(self.institutions)]
        for month in months:
            said += sorted(self._files.get((edition.formula.fact, month), ()))
            said.append(self._said.get(month, ""))
        known = institutions_fact()
        if known and any(col.place for tree in edition.formula.aggregates for col in columns(tree)):
            said += sorted(self._files.get((known.key, 0), ()))
        return hashlib.sha256("\0".join(said).encode()).digest()


def ground(manifest: Manifest, used: Iterable[str]) -> Ground:
    """Return what numbers over these facts rest on now."""
    keys = set(used)
    months = [part.month for part in manifest.parts if part.fact in keys and part.rows]
    last = max([*months, number(clock.today())])
    members = belonging.members(min(months), last) if months else ()
    return Ground(manifest, members, belonging.institutions())


def stale(editions: Iterable[Edition], on: Ground) -> Iterator[Work]:
    """Yield each edition that has something to count anew, with the spans; also those that are there no longer."""
    held: dict[tuple[str, int | None], dict[Span, bytes]] = {}
    for key, consortium, month, months, stamp in Computed.objects.values_list(
        "key", "consortium_id", "month", "months", "stamp"
    ):
        held.setdefault((key, consortium), {})[month, months] = bytes(stamp)
    for edition in editions:
        assert edition.formula
        had = held.get((edition.key, edition.consortium_id), {})
        wanted = dict(_stamps(edition, on))
        changed = {span: stamp for span, stamp in wanted.items() if had.get(span) != stamp}
        changed |= dict.fromkeys((span for span in had if span not in wanted and edition.holds(span[0])), b"")
        if changed:
            yield Work(edition, changed)


def _stamps(edition: Edition, on: Ground) -> Iterator[tuple[Span, bytes]]:
    assert edition.formula
    months = [month for month in on.months(facts[edition.formula.fact]) if edition.holds(month)]
    for length in LENGTHS if edition.formula.is_distinct else LENGTHS[:1]:
        for span in sorted({span_of(month, length) for month in months}):
            yield (span, length), on.stamp(edition, months_in(span, length))
