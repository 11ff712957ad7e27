"""A schematic map of our own: regions as the cells nearest to their seats, institutions at theirs, arrows between.

Nothing is taken from a map service. Cells are what is nearer to one region's seat than to any other's (a Voronoi
diagram by cutting half-planes); where coordinates are not known institutions stand in a ring around the lead.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, radians, sin

WIDTH, HEIGHT, MARGIN = 1000, 780, 100
APART, ROUNDS = 54, 60
"""How far institutions are kept apart, in units of the drawing, and how often they are pushed."""
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
    for _round in range(ROUNDS):
        if not _pushed(found):
            break
    return found


def _pushed(spots: dict[object, Spot]) -> bool:
    """Push every pair that is too close half of what is missing; say whether anything moved."""
    keys, moved = list(spots), False
    for place, one in enumerate(keys):
        for other in keys[place + 1 :]:
            (ax, ay), (bx, by) = spots[one], spots[other]
            distance = hypot(bx - ax, by - ay)
            if distance >= APART - 0.5:
                continue
            missing, length = (APART - distance) / 2, distance or 1.0
            dx, dy = ((bx - ax) / length, (by - ay) / length) if distance else (1.0, 0.0)
            spots[one] = _inside(ax - dx * missing, ay - dy * missing)
            spots[other] = _inside(bx + dx * missing, by + dy * missing)
            moved = True
    return moved


def _inside(x: float, y: float) -> Spot:
    return min(max(x, MARGIN * 0.6), WIDTH - MARGIN * 0.6), min(max(y, MARGIN * 0.5), HEIGHT - MARGIN * 0.5)


def cells(spots: Mapping[object, Spot]) -> dict[object, list[Spot]]:
    """Return for each spot the corners of what is nearer to it than to any other, inside the box."""
    edge = 14
    box = [(edge, edge), (WIDTH - edge, edge), (WIDTH - edge, HEIGHT - edge), (edge, HEIGHT - edge)]
    found = {}
    for key, spot in spots.items():
        cell: list[Spot] = [(float(x), float(y)) for x, y in box]
        for other, there in spots.items():
            if other != key and there != spot:
                cell = _nearer(cell, spot, there)
        found[key] = [(round(x, 1), round(y, 1)) for x, y in cell]
    return found


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
