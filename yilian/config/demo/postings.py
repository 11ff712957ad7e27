"""People that the demo's hospitals post to its township clinics: half a year each, one to two at once."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import cycle
from typing import TYPE_CHECKING, Any

from yilian.kernel.clock.periods import add_months
from yilian.kernel.indicators.spans import first_day
from yilian.registry.models import Institution

if TYPE_CHECKING:
    import pyarrow as pa

TERM, EACH = 7, 2
"""Months of a term, so that it lasts six months and counts, and how many people a hospital has out at a time."""
TITLES = ("associate", "intermediate", "senior")
DAYS = (21, 18, 20, 15)
FIRST_NUMBER = 700_000


def postings(places: Sequence[Institution], months: Sequence[int]) -> "pa.Table":
    """Return a row a month for everybody who is posted, as the hospitals report it."""
    import pyarrow as pa

    return pa.Table.from_pylist(list(_rows(places, months)))


def _rows(places: Sequence[Institution], months: Sequence[int]) -> Iterator[dict[str, Any]]:
    senders = [place for place in places if (place.tier or 0) >= 2]
    clinics = [place for place in places if place.tier == 1]
    hosts, number = cycle(clinics), FIRST_NUMBER
    for sender in senders if clinics else ():
        serial = 0
        for start in range(0, len(months), TERM):
            term = months[start : start + TERM]
            for seat in range(EACH):
                is_last = start + TERM >= len(months)
                number, is_twice = number + 1, sender is senders[1 % len(senders)] and seat == 0 and is_last
                for host in [next(hosts) for _clinic in range(1 + is_twice)]:
                    for row in _of_term(term, sender, host, number):
                        serial += 1
                        yield row | {"i": serial}


def _of_term(term: Sequence[int], sender: Institution, host: Institution, number: int) -> Iterator[dict[str, Any]]:
    since: date = first_day(term[0])
    until = add_months(since, TERM) - timedelta(days=1)
    for place, month in enumerate(term):
        yield {
            "institution": sender.pk, "host": host.name, "person": number, "title": TITLES[number % len(TITLES)],
            "on": first_day(month), "days": DAYS[(number + place) % len(DAYS)], "since_on": since, "until_on": until,
        }  # fmt: skip
