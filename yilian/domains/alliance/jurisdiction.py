"""Which level of authority files an alliance, by the places it covers and by its name (S3 8)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

COUNTY, CITY, PROVINCE = 3, 2, 1


class Because(StrEnum):
    """Why a level is competent."""

    WITHIN_COUNTY = "within_county"
    ACROSS_COUNTIES = "across_counties"
    ACROSS_CITIES = "across_cities"
    PROVINCE_NAMED = "province_named"


@dataclass(frozen=True)
class Place:
    """A region with the codes of the county, city and province it lies in; None where it is wider than that."""

    county: str | None
    city: str | None
    province: str | None


@dataclass(frozen=True)
class Jurisdiction:
    """The competent level (1 province, 2 city, 3 county), the region whose authority it is, and why."""

    level: int
    region: str
    because: Because


def jurisdiction(name: str, coverage: Iterable[Place], province_words: Iterable[str]) -> Jurisdiction | None:
    """Return who files an alliance of this name and coverage, its lead's own place first; None for unknown places.

    The name of the province in the alliance's name outweighs a small coverage.
    """
    places = list(coverage)
    province = next((place.province for place in places if place.province), None)
    if province is None:
        return None
    if any(word and word in name for word in province_words):
        return Jurisdiction(PROVINCE, province, Because.PROVINCE_NAMED)
    if county := _only([place.county for place in places]):
        return Jurisdiction(COUNTY, county, Because.WITHIN_COUNTY)
    if city := _only([place.city for place in places]):
        return Jurisdiction(CITY, city, Because.ACROSS_COUNTIES)
    return Jurisdiction(PROVINCE, province, Because.ACROSS_CITIES)


def _only(codes: list[str | None]) -> str | None:
    return codes[0] if len(set(codes)) == 1 else None
