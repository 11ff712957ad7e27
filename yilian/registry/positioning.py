"""What each institution is known for (一院一品, S1 6): domains that keep services enter who says it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Feature:
    """A service for which an institution is known, and the page that shows it."""

    name: str
    address: str


Source = Callable[[Iterable[int]], dict[int, list[Feature]]]
sources: list[Source] = []


def features_of(institutions: Iterable[int]) -> dict[int, list[Feature]]:
    """Return what each of these institutions is known for; one that named nothing is absent."""
    keys = list(institutions)
    found: dict[int, list[Feature]] = {}
    for source in sources:
        for key, features in source(keys).items():
            found.setdefault(key, []).extend(features)
    return found
