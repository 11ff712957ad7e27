"""The door of this domain: which institutions fed which months, and how good what they fed was.

Row security decides whose rows are seen: an institution its own, the lead of a consortium those of its members, a
health authority those of its region.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_DOWN, Decimal

from yilian.domains.encounter.models import FACT_TITLES, FeedMonth
from yilian.domains.encounter.rules import DIMENSIONS, Dimension
from yilian.kernel.registries.words import Words

TENTH = Decimal("0.1")
fed_facts: dict[str, Words] = dict(FACT_TITLES)
"""Titles of what is fed, by the keys of the facts."""
dimensions: dict[str, Words] = {str(key): title for key, title in DIMENSIONS.items()}
"""Titles of the dimensions of quality, by their keys."""


@dataclass(frozen=True)
class Fed:
    """What an institution fed of a fact for a month (yyyymm): rows received, and rejected or faulty among them."""

    institution_id: int
    fact: str
    month: int
    received: int
    rejected: int
    incomplete: int
    inconsistent: int
    late: int
    first_at: datetime
    last_at: datetime

    @property
    def is_covered(self) -> bool:
        """Whether anything of the month can be counted: rows of which none was taken in cover nothing."""
        return self.received > self.rejected


@dataclass(frozen=True)
class Score:
    """How good what an institution fed was, each 0 to 100, to one decimal; `rank` counts from 1, equals share it.

    Each dimension is the share of rows without a fault in it; `total` is their mean.
    """

    institution_id: int
    received: int
    rejected: int
    complete: Decimal
    consistent: Decimal
    timely: Decimal
    total: Decimal
    rank: int


def coverage(
    *, institution_ids: Collection[int] | None = None, fact: str = "encounter", first: int, last: int
) -> list[Fed]:
    """Return who fed which months between two (yyyymm, both included); what is not there was not fed.

    A month of which every row was rejected is there and not `is_covered`.
    """
    rows = FeedMonth.objects.filter(fact=fact, month__range=(first, last), received__gt=0)
    if institution_ids is not None:
        rows = rows.filter(institution_id__in=institution_ids)
    names = tuple(Fed.__dataclass_fields__)
    return [Fed(*row) for row in rows.order_by("institution_id", "month").values_list(*names)]


def scores(
    *, institution_ids: Collection[int] | None = None, fact: str = "encounter", first: int, last: int
) -> list[Score]:
    """Return the scores of all who fed anything of these months, the best first; who fed nothing has none."""
    sums: dict[int, list[int]] = {}
    for row in coverage(institution_ids=institution_ids, fact=fact, first=first, last=last):
        had = sums.setdefault(row.institution_id, [0] * 5)
        counts = (row.received, row.rejected, row.incomplete, row.inconsistent, row.late)
        sums[row.institution_id] = [a + b for a, b in zip(had, counts, strict=True)]
    found = [_score(place, *counts) for place, counts in sums.items()]
    totals = [score[-1] for score in found]
    ranked = [Score(*score, rank=1 + sum(total > score[-1] for total in totals)) for score in found]
    return sorted(ranked, key=lambda score: (score.rank, -score.received, score.institution_id))


def _score(place: int, received: int, rejected: int, *faults: int) -> tuple:
    """Round down: a hundred is only what has no fault at all."""
    shares = [Decimal(100 * (received - count)) / received for count in faults]
    rounded = [share.quantize(TENTH, ROUND_DOWN) for share in shares]
    total = (sum(shares, Decimal(0)) / len(Dimension)).quantize(TENTH, ROUND_DOWN)
    return (place, received, rejected, *rounded, total)
