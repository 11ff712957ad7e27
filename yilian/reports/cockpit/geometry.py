"""A schematic map of our own: regions as the cells nearest to their seats, institutions at theirs, arrows between.

Nothing is taken from a map service. Cells are what is nearer to one region's seat than to any other's (a Voronoi
diagram by cutting half-planes); where coordinates are not known institutions stand in a ring around the lead.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, radians, sin, sqrt

WIDTH, HEIGHT, MARGIN = 1000, 780, 100
APART, MOST_APART, ROUNDS = 54, 130, 60
"""How far institutions are kept apart, in units of the drawing: many less than few; and how often they are pushed."""
EDGE, CORNERS, SQUARENESS = 14, 72, 8
"""The coast: how far it keeps from the box, of how many corners it is, and how close it comes to a rectangle."""
STEP, ROUGHNESS = 24, 0.035
"""Length of the pieces a border is drawn in, and how far it strays, as a share of its length."""
BEND = 0.16
Spot = tuple[float, float]


@dataclass(frozen=True)
class Seat:
    """Where something lies on the earth, in degrees."""

    latitude: float
    longitude: float


def projected(seats: Mapping[object, Seat]) -> dict[object, Spot]:
    """Return where the seats lie in the drawing: as on a plane map that fits the box, north above."""
    if not seats:
        return {}
    middle = sum(seat.latitude for seat in seats.values()) / len(seats)
    flat = {key: (seat.longitude * cos(radians(middle)), -seat.latitude) for key, seat in seats.items()}
    lefts, tops = [x for x, _y in flat.values()], [y for _x, y in flat.values()]
    wide, high = max(lefts) - min(lefts), max(tops) - min(tops)
    room = WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN
    scale_x, scale_y = (size / span if span else 0.0 for size, span in zip(room, (wide, high), strict=True))
    return {
        key: (
            WIDTH / 2 + (x - min(lefts) - wide / 2) * scale_x,
            HEIGHT / 2 + (y - min(tops) - high / 2) * scale_y,
        )
        for key, (x, y) in flat.items()
    }


def ring(keys: Sequence[object], centre: object) -> dict[object, Spot]:
    """Return spots on an ellipse around the centre, for a map without coordinates."""
    around = [key for key in keys if key != centre]
    found: dict[object, Spot] = {centre: (WIDTH / 2, HEIGHT / 2)} if centre in keys else {}
    for number, key in enumerate(around):
        turn = 2 * pi * number / max(1, len(around)) - pi / 2
        found[key] = (
            WIDTH / 2 + (WIDTH / 2 - MARGIN * 1.6) * cos(turn), HEIGHT / 2 + (HEIGHT / 2 - MARGIN) * sin(turn)
        )  # fmt: skip
    return found


def spread(spots: Mapping[object, Spot]) -> dict[object, Spot]:
    """Push apart what lies too close, the same way every time; whoever shares a spot begins on a small circle."""
    together: dict[Spot, list[object]] = defaultdict(list)
    for key, (x, y) in spots.items():
        together[(round(x), round(y))].append(key)
    found = {}
    for (x, y), keys in together.items():
        for number, key in enumerate(keys):
            turn = 2 * pi * number / len(keys) + 0.5
            away = APART * 0.6 if number else 0.0
            found[key] = (x + away * cos(turn), y + away * sin(turn))
    apart = min(max(0.42 * sqrt(WIDTH * HEIGHT / max(len(found), 1)), APART), MOST_APART)
    for _round in range(ROUNDS):
        if not _pushed(found, apart):
            break
    return found


def _pushed(spots: dict[object, Spot], apart: float) -> bool:
    """Push every pair that is closer than `apart` half of what is missing; say whether anything moved."""
    keys, moved = list(spots), False
    for place, one in enumerate(keys):
        for other in keys[place + 1 :]:
            (ax, ay), (bx, by) = spots[one], spots[other]
            distance = hypot(bx - ax, by - ay)
            if distance >= apart - 0.5:
                continue
            missing, length = (apart - distance) / 2, distance or 1.0
            dx, dy = ((bx - ax) / length, (by - ay) / length) if distance else (1.0, 0.0)
            spots[one] = _inside(ax - dx * missing, ay - dy * missing)
            spots[other] = _inside(bx + dx * missing, by + dy * missing)
            moved = True
    return moved


def _inside(x: float, y: float) -> Spot:
    return min(max(x, MARGIN * 0.6), WIDTH - MARGIN * 0.6), min(max(y, MARGIN * 0.5), HEIGHT - MARGIN * 0.5)


def cells(spots: Mapping[object, Spot]) -> dict[object, list[Spot]]:
    """Return for each spot the corners of what is nearer to it than to any other, inside the coast."""
    found = {}
    for key, spot in spots.items():
        cell = coast()
        for other, there in spots.items():
            if other != key and there != spot:
                cell = _nearer(cell, spot, there)
        found[key] = [(round(x, 1), round(y, 1)) for x, y in cell]
    return found


def coast() -> list[Spot]:
    """Return the outline of the whole: a rectangle with round corners and a few bays, always the same."""
    found = []
    for number in range(CORNERS):
        turn = 2 * pi * number / CORNERS
        x, y = cos(turn), sin(turn)
        reach = (abs(x) ** SQUARENESS + abs(y) ** SQUARENESS) ** (-1 / SQUARENESS)
        reach *= 0.985 + 0.015 * sin(5 * turn + 1) * cos(3 * turn)
        found.append((WIDTH / 2 + x * reach * (WIDTH / 2 - EDGE), HEIGHT / 2 + y * reach * (HEIGHT / 2 - EDGE)))
    return found


def roughened(corners: Sequence[Spot]) -> list[Spot]:
    """Return a cell whose long borders wind like those of a real map; two neighbours draw their border alike."""
    found: list[Spot] = []
    for here, there in zip(corners, [*corners[1:], *corners[:1]], strict=True):
        border = _wound(min(here, there), max(here, there))
        found += border[:-1] if here <= there else border[:0:-1]
    return found


def _wound(start: Spot, end: Spot) -> list[Spot]:
    """Return the points of a border from one end to the other, both ends where they are."""
    (ax, ay), (bx, by) = start, end
    length = hypot(bx - ax, by - ay)
    pieces = int(length // STEP)
    if pieces < 4:
        return [start, end]
    across = ((ay - by) / length, (bx - ax) / length)
    found = []
    for number in range(pieces + 1):
        share = number / pieces
        away = length * ROUGHNESS * sin(pi * share) * (sin(9 * share + ax) + 0.6 * sin(23 * share + by)) / 1.6
        found.append((
            round(ax + (bx - ax) * share + across[0] * away, 1), round(ay + (by - ay) * share + across[1] * away, 1)
        ))  # fmt: skip
    return [start, *found[1:-1], end]


def _nearer(cell: list[Spot], spot: Spot, other: Spot) -> list[Spot]:
    """Cut a polygon along the line half-way to another spot (Sutherland and Hodgman)."""
    middle = ((spot[0] + other[0]) / 2, (spot[1] + other[1]) / 2)
    across = (other[0] - spot[0], other[1] - spot[1])

    def side(corner: Spot) -> float:
        return (corner[0] - middle[0]) * across[0] + (corner[1] - middle[1]) * across[1]

    kept: list[Spot] = []
    for here, there in zip(cell, [*cell[1:], *cell[:1]], strict=True):
        a, b = side(here), side(there)
        if a <= 0:
            kept.append(here)
        if (a < 0 < b) or (b < 0 < a):
            share = a / (a - b)
            kept.append((here[0] + (there[0] - here[0]) * share, here[1] + (there[1] - here[1]) * share))
    return kept


def bow(start: Spot, end: Spot, clear: float = 14) -> str:
    """Return the path of an arrow that bends to its left, from beside one spot to beside the other."""
    (ax, ay), (bx, by) = start, end
    length = hypot(bx - ax, by - ay) or 1.0
    dx, dy = (bx - ax) / length, (by - ay) / length
    over = ((ax + bx) / 2 + dy * length * BEND, (ay + by) / 2 - dx * length * BEND)
    from_x, from_y, to_x, to_y = ax + dx * clear, ay + dy * clear, bx - dx * clear, by - dy * clear
    return f"M{from_x:.1f} {from_y:.1f} Q{over[0]:.1f} {over[1]:.1f} {to_x:.1f} {to_y:.1f}"
