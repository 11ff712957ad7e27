"""Slips of the pen in a birth date: which other dates a clerk may have meant."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import lru_cache

FIRST_YEAR = 1900
LAST_YEAR = 2099


@lru_cache(maxsize=5_000)
def slips(day: date) -> frozenset[date]:
    """Return the dates that one slip makes of this one: one digit wrong, two neighbours swapped, day and month swapped.

    A slip of a slip is the date itself: `b in slips(a)` is `a in slips(b)`.
    """
    return frozenset(other for other in _dates(f"{day:%Y%m%d}") if other != day)


def _dates(written: str) -> Iterator[date]:
    for text in {*_one_wrong(written), *_swapped(written), written[:4] + written[6:] + written[4:6]}:
        with suppress(ValueError):
            if FIRST_YEAR <= int(text[:4]) <= LAST_YEAR:
                yield date(int(text[:4]), int(text[4:6]), int(text[6:]))


def _one_wrong(written: str) -> Iterator[str]:
    for place in range(len(written)):
        yield from (f"{written[:place]}{digit}{written[place + 1 :]}" for digit in "0123456789")


def _swapped(written: str) -> Iterator[str]:
    for place in range(len(written) - 1):
        yield written[:place] + written[place + 1] + written[place] + written[place + 2 :]
