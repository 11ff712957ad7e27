"""Who answers for which grid, and what lies in it."""

from yilian.domains.alliance.places import common_region, regions_above
from yilian.kernel import clock
from yilian.registry.consortia import on_day
from yilian.registry.models import Consortium, Grid, Institution, Region
from yilian.registry.models.consortium import ConsortiumKind
from yilian.registry.models.region import RegionLevel
from yilian.registry.regions import chain


def holder_of(grid: Grid) -> Consortium | None:
    """Return the group or community that answers for a grid today, or None."""
    return grid.consortia.filter(on_day("founded_on", "ended_on", clock.today())).first()


def communities_within(grid: Grid) -> list[Consortium]:
    """Return the running county communities whose own grids share ground with this one."""
    codes = _codes(grid)
    running = Consortium.objects.filter(
        on_day("founded_on", "ended_on", clock.today()), kind=ConsortiumKind.COUNTY_COMMUNITY, grid__isnull=False
    )
    return [
        one for one in running.select_related("grid") if one.grid_id != grid.pk and _overlap(codes, _codes(one.grid))
    ]


def counties_of(grid: Grid) -> list[str]:
    """Return the names of the counties a grid touches; a region wider than a county counts as itself."""
    codes = _codes(grid)
    known = regions_above(codes)
    return sorted({_county(code, known) for code in codes if code in known})


def lies_under(grid: Grid, authority_id: int) -> bool:
    """Say whether every region of a grid belongs to the region of this authority."""
    region = Institution.objects.values_list("region_id", flat=True).get(pk=authority_id)
    codes = _codes(grid)
    return bool(codes) and all(region in chain(code) for code in codes)


def seat_of(grid: Grid, level: int) -> str | None:
    """Return the region of this level that holds the whole grid, or None."""
    smallest = common_region(_codes(grid))
    if smallest is None:
        return None
    known = regions_above([smallest])
    return next((code for code in chain(smallest) if code in known and known[code].level <= level), None)


def _codes(grid: Grid) -> list[str]:
    return list(grid.regions.values_list("code", flat=True))


def _overlap(some: list[str], others: list[str]) -> bool:
    return any(one in chain(other) or other in chain(one) for one in some for other in others)


def _county(code: str, known: dict[str, Region]) -> str:
    for above in chain(code):
        if above in known and known[above].level <= RegionLevel.COUNTY:
            return known[above].name
    return known[code].name
