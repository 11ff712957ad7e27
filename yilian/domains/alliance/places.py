"""Where institutions and coverage lie in the tree of regions."""

from collections.abc import Iterable

from yilian.domains.alliance.jurisdiction import Place
from yilian.domains.alliance.naming import stem
from yilian.kernel.rules.values import value_of
from yilian.registry.models import Institution, Region
from yilian.registry.models.region import RegionLevel
from yilian.registry.regions import chain


def regions_above(codes: Iterable[str]) -> dict[str, Region]:
    """Return the known regions of these codes and those above them, by code."""
    wanted = {above for code in codes for above in chain(code)}
    return Region.objects.in_bulk(wanted)


def places_of(codes: Iterable[str]) -> list[Place]:
    """Return for each region the county, city and province it lies in, in the same order."""
    codes = list(codes)
    known = regions_above(codes)
    return [_place(code, known) for code in codes if code in known]


def names_around(codes: Iterable[str]) -> list[str]:
    """Return the names of these regions and those above them: what an alliance's name may begin with."""
    return [region.name for region in regions_above(codes).values()]


def province_words(codes: Iterable[str]) -> list[str]:
    """Return the words that make a name provincial: those of the parameter, else the names of the provinces above."""
    words = str(value_of("alliance.province_words")).split("、")
    if any(words):
        return [word for word in words if word]
    provinces = [region.name for region in regions_above(codes).values() if region.level == RegionLevel.PROVINCE]
    return [form for name in provinces for form in (name, stem(name))]


def authority_at(region_code: str) -> Institution | None:
    """Return the health authority of exactly this region, or None."""
    return Institution.objects.filter(is_authority=True, region_id=region_code, ended_on__isnull=True).first()


def common_region(codes: Iterable[str]) -> str | None:
    """Return the code of the smallest known region that holds all of these, or None."""
    codes = list(codes)
    known = regions_above(codes)
    chains = [[above for above in chain(code) if above in known] for code in codes if code in known]
    if not chains:
        return None
    shared = set(chains[0]).intersection(*chains[1:])
    return next((code for code in chains[0] if code in shared), None)


def _place(code: str, known: dict[str, Region]) -> Place:
    by_level = {known[above].level: above for above in chain(code) if above in known}
    return Place(by_level.get(RegionLevel.COUNTY), by_level.get(RegionLevel.CITY), by_level.get(RegionLevel.PROVINCE))
