"""The schematic map: cells part the box among regions, institutions stand apart, arrows there and back do not meet."""

from itertools import combinations
from math import hypot

import pytest

from yilian.reports.cockpit.geometry import (
    APART,
    HEIGHT,
    WIDTH,
    Seat,
    bow,
    cells,
    coast,
    projected,
    ring,
    roughened,
    spread,
)
from yilian.reports.cockpit.map import _named


def area(corners):
    pairs = zip(corners, [*corners[1:], corners[0]], strict=True)
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs)) / 2


def test_cells_part_the_box_among_the_regions():
    found = cells({"a": (200, 200), "b": (700, 300), "c": (400, 600)})
    assert sum(map(area, found.values())) == pytest.approx(area(coast()), rel=1e-3)
    assert all(area(cell) > 1000 for cell in found.values())


def test_neighbours_draw_their_border_alike_and_it_leaves_neither_without_room():
    left, right = cells({"a": (250, 390), "b": (750, 390)}).values()
    shared = set(left) & set(right)
    border = [set(roughened(cell)) - set(cell) for cell in (left, right)]
    assert len(shared) == 2
    assert border[0] == border[1]
    assert len(border[0]) > 20
    assert all(450 < x < 550 for x, _y in border[0])


def test_few_institutions_stand_further_apart_than_many():
    def least(count):
        found = list(spread({key: (500.0, 300.0) for key in range(count)}).values())
        return min(hypot(a[0] - b[0], a[1] - b[1]) for a, b in combinations(found, 2))

    assert least(4) > 100 > least(60) > 25


def test_a_map_has_the_north_above_and_fits_its_box():
    found = projected({"north": Seat(31.0, 114.0), "south": Seat(30.0, 114.5), "east": Seat(30.5, 115.0)})
    assert found["north"][1] < found["east"][1] < found["south"][1]
    assert found["east"][0] > found["south"][0] > found["north"][0]
    assert all(0 < x < WIDTH and 0 < y < HEIGHT for x, y in found.values())
    assert projected({"only": Seat(30, 114)}) == {"only": (WIDTH / 2, HEIGHT / 2)}
    assert projected({}) == {}


def test_institutions_of_one_seat_are_pushed_apart_the_same_way_every_time():
    crowd = {key: (500.0, 300.0) for key in range(9)} | {9: (501.0, 300.0)}
    found = spread(crowd)
    assert found == spread(crowd)
    assert min(hypot(a[0] - b[0], a[1] - b[1]) for a, b in combinations(found.values(), 2)) > APART * 0.8
    assert all(0 < x < WIDTH and 0 < y < HEIGHT for x, y in found.values())


def test_without_coordinates_the_lead_stands_in_the_middle_of_a_ring():
    found = ring([1, 2, 3, 4], centre=1)
    assert found[1] == (WIDTH / 2, HEIGHT / 2)
    assert len(set(found.values())) == 4


def test_there_and_back_bend_to_different_sides():
    assert bow((0, 0), (100, 0)).split("Q")[1] != bow((100, 0), (0, 0)).split("Q")[1]
    assert bow((5, 5), (5, 5)).startswith("M")


def test_names_in_a_crowd_hide_neither_each_other_nor_an_institution():
    taken = [(500 - 9, y - 9, 500 + 9, y + 9) for y in (300, 325, 350)]
    boxes = []
    for y in (300, 325, 350):
        *_where, box = _named(500, y, 150, taken)
        boxes.append(box)
        taken.append(box)
    assert not any(a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3] for a, b in combinations(boxes, 2))
    assert _named(990, 300, 150, [])[2] == "end", "at the edge it stands on the other side"
