"""The map: regions, institutions and arrows as shapes and words that a template draws."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from yilian.registry.models import Institution, Region
from yilian.reports.cockpit import geometry
from yilian.reports.cockpit.flows import DIRECTIONS, Arrow, Flows
from yilian.reports.cockpit.geometry import Seat, Spot

COUNTY = 6
"""Digits of the code of a county."""
MOST_PLACES = 40
THIN, THICK = 2.0, 9.0
LEVELS = 4
"""How many shades tell regions with many referrals from those with few."""
NAMED = 4
LINE, LETTER, CLEAR = 22, 21, 9
"""Height of a name in the drawing, width of a letter, and what an institution itself takes up around its seat."""
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Cell:
    """A region: its corners as SVG wants them, its name and where that stands, and its referrals out (level 0 to 4)."""

    points: str
    name: str
    x: float
    y: float
    cases: int = 0
    level: int = 0


@dataclass(frozen=True)
class Dot:
    """An institution; `anchor` says on which side of it its name stands."""

    place: Institution
    x: float
    y: float
    word_x: float
    word_y: float
    anchor: str
    is_lead: bool

    @property
    def name(self) -> str:
        return self.place.short_name or self.place.name


@dataclass(frozen=True)
class Bow:
    """An arrow with its path, thickness, ends and number."""

    arrow: Arrow
    path: str
    width: float
    sender: str
    receiver: str


@dataclass(frozen=True)
class Map:
    """Everything that is drawn; the box is WIDTH times HEIGHT of `geometry`."""

    cells: tuple[Cell, ...]
    dots: tuple[Dot, ...]
    bows: tuple[Bow, ...]
    width: int = geometry.WIDTH
    height: int = geometry.HEIGHT
    directions: tuple[str, ...] = DIRECTIONS

    @property
    def top(self) -> tuple[Bow, ...]:
        """The thickest arrows, in words beside the map."""
        return self.bows[:NAMED]


def make_map(members: Sequence[Institution], flows: Flows, lead_id: int | None) -> Map:
    """Return the map of these members and whoever else the arrows touch; two statements at most."""
    places = _places(members, flows)
    seats = _seats(places.values())
    names = {key: place.short_name or place.name for key, place in places.items()}
    spots, cells = _laid_out(places, seats, lead_id, _sent_by_county(places, flows))
    return Map(
        cells=cells,
        dots=tuple(_dots(places, spots, lead_id)),
        bows=tuple(_bows(flows, spots, names)),
    )


def _places(members: Sequence[Institution], flows: Flows) -> dict[int, Institution]:
    ends = [key for arrow in flows.arrows for key in (arrow.sender_id, arrow.receiver_id)]
    known = {place.pk: place for place in members}
    if missing := set(ends) - known.keys():
        known |= Institution.objects.select_related("region").in_bulk(missing)
    order = list(dict.fromkeys([*ends, *(place.pk for place in members)]))[:MOST_PLACES]
    return {key: known[key] for key in order if key in known}


def _seats(places: Iterable[Institution]) -> dict[int, Seat]:
    """Return where institutions lie: at their own coordinates, else at those of their region."""
    found = {}
    for place in places:
        source = place if place.latitude is not None else place.region
        if source is not None and source.latitude is not None and source.longitude is not None:
            found[place.pk] = Seat(float(source.latitude), float(source.longitude))
    return found


def _sent_by_county(places: Mapping[int, Institution], flows: Flows) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for arrow in flows.arrows:
        place = places.get(arrow.sender_id)
        if place is not None and place.region_id:
            found[place.region_id[:COUNTY]] += arrow.cases
    return found


def _laid_out(
    places: Mapping[int, Institution], seats: Mapping[int, Seat], lead_id: int | None, sent: Mapping[str, int]
) -> tuple[dict[object, Spot], tuple[Cell, ...]]:
    """Return where institutions are drawn, and the cells of their counties; a ring without cells when seats lack."""
    if len(seats) < len(places) or len(set(seats.values())) < 2:
        return geometry.ring(list(places), lead_id), ()
    counties = _counties(places.values())
    all_seats: dict[object, Seat] = dict(seats) | {code: _seat_of(region) for code, region in counties.items()}
    drawn = geometry.projected(all_seats)
    spots = geometry.spread({key: drawn[key] for key in seats})
    centres = {code: _middle(code, places, spots) for code in counties}
    most = max(sent.values(), default=0)
    return spots, tuple(
        _cell(counties[code], corners, sent.get(str(code), 0), most)
        for code, corners in geometry.cells(centres).items()
    )


def _middle(code: object, places: Mapping[int, Institution], spots: Mapping[object, Spot]) -> Spot:
    """Return the middle of a county's institutions as they are drawn, so that its cell holds them."""
    own = [spots[key] for key, place in places.items() if place.region_id and place.region_id[:COUNTY] == code]
    return sum(x for x, _y in own) / len(own), sum(y for _x, y in own) / len(own)


def _counties(places: Iterable[Institution]) -> dict[object, Region]:
    codes = {place.region_id[:COUNTY] for place in places if place.region_id}
    return {row.code: row for row in Region.objects.filter(code__in=codes, latitude__isnull=False).order_by("code")}


def _seat_of(region: Region) -> Seat:
    return Seat(float(region.latitude or 0), float(region.longitude or 0))


def _cell(region: Region, corners: list[Spot], cases: int, most: int) -> Cell:
    """Return a region; its name stands in the middle of its cell."""
    x, y = (sum(corner[axis] for corner in corners) / len(corners) for axis in (0, 1))
    points = " ".join(f"{a},{b}" for a, b in geometry.roughened(corners))
    level = ceil(LEVELS * cases / most) if most else 0
    return Cell(points, region.name, round(x, 1), round(y, 1), cases, level)


def _dots(places: Mapping[int, Institution], spots: Mapping[object, Spot], lead_id: int | None) -> Iterable[Dot]:
    """Yield institutions from above to below, each with its name where it hides no other name and no institution."""
    taken = [(x - CLEAR, y - CLEAR, x + CLEAR, y + CLEAR) for x, y in (spots[key] for key in places)]
    for key, place in sorted(places.items(), key=lambda item: spots[item[0]][1]):
        x, y = spots[key]
        name = place.short_name or place.name
        word_x, word_y, anchor, box = _named(x, y, len(name) * LETTER, taken)
        taken.append(box)
        yield Dot(place, round(x, 1), round(y, 1), round(word_x, 1), round(word_y, 1), anchor, key == lead_id)


def _named(x: float, y: float, length: float, taken: Sequence[Box]) -> tuple[float, float, str, Box]:
    """Return where a name stands: the first place around its dot that is free and inside, else to the right."""
    tried = []
    for down in (0, LINE, -LINE, 2 * LINE, -2 * LINE, 3 * LINE, -3 * LINE):
        for anchor, from_x in (("start", x + 15), ("end", x - 15 - length), ("middle", x - length / 2)):
            if anchor == "middle" and abs(down) < LINE:
                continue
            top = y + down - LINE / 2
            box = (from_x, top, from_x + length, top + LINE)
            word_x = {"start": from_x, "end": from_x + length, "middle": x}[anchor]
            tried.append((word_x, y + down + 6, anchor, box))
    return next((found for found in tried if _is_free(found[3], taken)), tried[0])


def _is_free(box: Box, taken: Sequence[Box]) -> bool:
    left, top, right, bottom = box
    inside = left > 0 and right < geometry.WIDTH and top > 0 and bottom < geometry.HEIGHT
    return inside and not any(left < d and a < right and top < e and b < bottom for a, b, d, e in taken)


def _bows(flows: Flows, spots: Mapping[object, Spot], names: Mapping[int, str]) -> Iterable[Bow]:
    """Yield the arrows, the thickest first, so that thin ones lie on them."""
    most = max((arrow.cases for arrow in flows.arrows), default=1)
    for arrow in flows.arrows:
        if arrow.sender_id not in spots or arrow.receiver_id not in spots:
            continue
        width = THIN + (THICK - THIN) * (arrow.cases / most) ** 0.5
        path = geometry.bow(spots[arrow.sender_id], spots[arrow.receiver_id])
        yield Bow(arrow, path, round(width, 1), names[arrow.sender_id], names[arrow.receiver_id])
