"""Small cells of a released table stay hidden: the attacker knows all that is shown, and how cells are chosen."""

import random
from itertools import product

import numpy as np
import pytest
from scipy.optimize import linprog

from yilian.kernel.indicators.disclosure.hiding import hidden_cells
from yilian.kernel.indicators.disclosure.table import TOTAL, Pair, Table, Threshold

LEAST = Threshold(part=10, whole=10)
COUNTS = Threshold(part=10, whole=1)


def drawn(seed, rows, months, sparse, ratio):
    """Return a table as they come: a few big members, many small ones, months in which nothing happened."""
    luck = random.Random(seed)
    inner = {}
    for row in range(1, rows + 1):
        usual = luck.choice((1, 3, 8, 25, 120))
        for month in range(1, months + 1):
            whole = 0 if luck.random() < sparse else luck.randint(0, 2 * usual)
            part = luck.randint(0, whole)
            inner[row, month] = Pair(part, whole) if ratio else Pair(whole)
    return Table(inner)


class Attack:
    """The most that each hidden count can be, by linear programming over everything that is shown.

    Numerators are at most their denominators, and nothing hidden is zero where zeros are never hidden.
    """

    def __init__(self, table, hidden):
        self.table = table
        self.whole = any(pair.whole is not None for pair in table.cells.values())
        self.places = {spot: place for place, spot in enumerate(sorted(hidden))}
        self.n = len(self.places)
        self.equal, self.right = self._sums()
        self.bounds = [(0 if self.whole else 1, None)] * self.n + [(1, None)] * (self.n if self.whole else 0)

    def _sums(self):
        rows, right = [], []
        keys = [sorted({spot[side] for spot in self.table.cells}) for side in (0, 1)]
        lines = [[(row, column) for column in keys[1]] for row in keys[0]]
        lines += [[(row, column) for row in keys[0]] for column in keys[1]]
        for line, is_whole in product(lines, (False, True) if self.whole else (False,)):
            row, known = np.zeros(self.n * (2 if self.whole else 1)), 0
            for spot in line:
                pair = self.table.cells.get(spot)
                if pair is None:
                    continue
                sign = self._sign(spot, line)
                if spot in self.places:
                    row[self.places[spot] + (self.n if is_whole else 0)] = sign
                else:
                    known += sign * (pair.whole if is_whole else pair.part)
            rows.append(row)
            right.append(-known)
        return np.array(rows), np.array(right)

    def _sign(self, spot, line):
        is_row = len({each[0] for each in line}) == 1
        return -1 if spot[1 if is_row else 0] == TOTAL else 1

    def most(self, spot, is_whole):
        goal = np.zeros(self.equal.shape[1])
        goal[self.places[spot] + (self.n if is_whole else 0)] = 1
        more = {}
        if self.whole:
            eye = np.eye(self.n)
            more = {"A_ub": np.hstack([eye, -eye]), "b_ub": np.zeros(self.n)}
        found = linprog(-goal, A_eq=self.equal, b_eq=self.right, bounds=self.bounds, **more)
        assert found.status in (0, 3), found.message
        return np.inf if found.status == 3 else -found.fun


def recovered(table, hidden, least):
    """Return the small counts that the attack narrows to below their threshold."""
    attack, found = Attack(table, hidden), []
    for spot in hidden:
        for is_whole, (count, wanted) in zip((False, True), least.counts(table.cells[spot]), strict=False):
            if 0 < count < wanted:
                most = attack.most(spot, is_whole)
                assert most > count - 1e-6
                found += [(spot, count, most)] if most < wanted - 1e-6 else []
    return found


@pytest.mark.parametrize("sparse", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("ratio", [False, True])
def test_linear_programming_recovers_nothing(sparse, ratio):
    naive = 0
    for seed in range(3):
        table = drawn(seed, rows=3 + 2 * seed, months=6, sparse=sparse, ratio=ratio)
        hidden = hidden_cells(table, LEAST)
        small = {spot for spot, pair in table.cells.items() if LEAST.lacks(pair)}
        assert small <= hidden
        assert not any(LEAST.has_zero(table.cells[spot]) for spot in hidden - small)
        assert recovered(table, hidden, LEAST) == [], seed
        naive += len(recovered(table, small, LEAST))
    assert naive, "the attack finds what is hidden alone"
