"""Which consortium answers for which grid, and which counties nobody answers for (S2 2.1.1)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from yilian.registry.consortia import on_day
from yilian.registry.models import Consortium, Grid, Region
from yilian.registry.models.region import RegionLevel
from yilian.registry.regions import chain


class Covered(StrEnum):
    WHOLE = "whole"
    PARTLY = "partly"
    NOT = "not"


@dataclass(frozen=True)
class GridLine:
    """A grid, its regions, and who answers for it (None: nobody)."""

    grid: Grid
    regions: tuple[Region, ...]
    holder: Consortium | None


@dataclass(frozen=True)
class County:
    """A county and how far held grids cover it."""

    region: Region
    covered: Covered


def grid_lines(on: date) -> list[GridLine]:
    """Return every grid with its holder on a day, those without one first."""
    holders = {
        consortium.grid_id: consortium
        for consortium in Consortium.objects.filter(
            on_day("founded_on", "ended_on", on), grid__isnull=False
        ).select_related("lead")
    }
    rows = Grid.objects.prefetch_related("regions").order_by("name")
    found = [GridLine(grid, tuple(grid.regions.all()), holders.get(grid.pk)) for grid in rows]
    return sorted(found, key=lambda line: (line.holder is not None, line.grid.name))


def counties(on: date) -> list[County]:
    """Return every county with how far the held grids cover it, the uncovered first."""
    held = {region.code for line in grid_lines(on) if line.holder for region in line.regions}
    below = {above for code in held for above in chain(code)[1:]}
    rows = Region.objects.filter(level=RegionLevel.COUNTY).select_related("parent")
    found = [County(region, _covered(region.code, held, below)) for region in rows]
    order = [Covered.NOT, Covered.PARTLY, Covered.WHOLE]
    return sorted(found, key=lambda county: (order.index(county.covered), county.region.code))


def population(found: list[County], covered: Covered) -> int | None:
    """Return the population of the counties covered like this; None when one of them is unknown."""
    numbers = [county.region.population for county in found if county.covered == covered]
    return None if any(number is None for number in numbers) else sum(number or 0 for number in numbers)


def _covered(code: str, held: set[str], below: set[str]) -> Covered:
    if held.intersection(chain(code)):
        return Covered.WHOLE
    return Covered.PARTLY if code in below else Covered.NOT
