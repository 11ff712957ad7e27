"""Which cells of a table are hidden: those that are too small, and those from which one could work them out.

A hidden cell could be larger by as much as flows through other hidden cells back to where it stands: each row and
each column keeps its total when what one cell gains another loses. Rows and columns are the nodes of that flow,
hidden cells its edges; what flows at most is exactly what linear programming finds, for a table of two ways.
See docs/adr/0204-what-leaves-a-consortium-is-a-released-table.md.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from heapq import heappop, heappush

from yilian.kernel.indicators.disclosure.table import TOTAL, Pair, Spot, Table, Threshold

UNBOUNDED = 10**18
Node = tuple[str, int]
Move = tuple[Spot, int]
"""Along a cell: 1 from its row to its column, -1 back."""


class NotProtectedError(ValueError):
    """Small cells could be worked out whatever is hidden, because too much was shown before."""


def hidden_cells(
    table: Table, threshold: Threshold, *, before: Collection[Spot] = (), shown: Collection[Spot] = ()
) -> frozenset[Spot]:
    """Return what must not be shown, so that nobody narrows a small cell to below its threshold.

    `before` was hidden in an earlier table and stays so; `shown` is known from elsewhere and hides nothing. A cell
    with a zero hides nothing either. Raises NotProtectedError.
    """
    small = {spot: lacks for spot, pair in table.cells.items() if (lacks := threshold.lacks(pair))}
    hiding = _Hiding(table.cells, threshold, {*small, *(spot for spot in before if spot in table.cells)}, shown)
    for spot, lacks in sorted(small.items(), key=lambda item: (-item[1], item[0])):
        hiding.protect(spot, lacks)
    return frozenset(hiding.hidden)


@dataclass
class _Hiding:
    cells: Mapping[Spot, Pair]
    threshold: Threshold
    hidden: set[Spot]
    shown: Collection[Spot]
    at: dict[Node, list[Move]] = field(init=False)
    slack: dict[Spot, int] = field(init=False)
    cost: dict[Spot, int] = field(init=False)

    def __post_init__(self) -> None:
        shown = set(self.shown) - self.hidden
        self.slack = {spot: self.threshold.slack(pair) for spot, pair in self.cells.items()}
        usable = [spot for spot, pair in self.cells.items()
                  if spot in self.hidden or not (self.threshold.has_zero(pair) or spot in shown)]  # fmt: skip
        self.cost = {spot: (self.cells[spot].whole or self.cells[spot].part) + 1 for spot in usable}
        self.at = {}
        for spot in sorted(usable):
            for way in (1, -1):
                self.at.setdefault(_start(spot, way), []).append((spot, way))

    def protect(self, spot: Spot, lacks: int) -> None:
        """Hide more, the smallest first, until the cell could be larger by what it lacks."""
        flow: dict[Spot, int] = {}
        way, reached = _rising(spot), 0
        while reached < lacks:
            path = self._path(_start(spot, -way), _start(spot, way), spot, flow)
            if path is None:
                raise NotProtectedError(spot)
            much = min([lacks - reached, *(self._room(move, flow) for move in path)])
            for step, along in path:
                flow[step] = flow.get(step, 0) + along * much
                self.hidden.add(step)
            reached += much

    def _room(self, move: Move, flow: Mapping[Spot, int]) -> int:
        """Return how much more may flow along a cell: it grows without end and shrinks down to one."""
        spot, way = move
        full = UNBOUNDED if way == _rising(spot) else self.slack[spot]
        return full - way * flow.get(spot, 0)

    def _path(self, first: Node, last: Node, but: Spot, flow: Mapping[Spot, int]) -> list[Move] | None:
        """Return the cheapest way through cells with room; hidden ones cost nothing. None when there is none."""
        best: dict[Node, int] = {first: 0}
        came: dict[Node, Move] = {}
        heap = [(0, first)]
        while heap:
            spent, node = heappop(heap)
            if node == last:
                return list(_back(came, first, last))
            if spent > best[node]:
                continue
            for spot, way in self.at.get(node, ()):
                if spot == but or self._room((spot, way), flow) <= 0:
                    continue
                other, total = _start(spot, -way), spent + (0 if spot in self.hidden else self.cost[spot])
                if total < best.get(other, UNBOUNDED):
                    best[other], came[other] = total, (spot, way)
                    heappush(heap, (total, other))
        return None


def _rising(spot: Spot) -> int:
    """Return the way along which a cell grows: totals of one row or column stand on the other side of the sum."""
    return -1 if (spot[0] == TOTAL) != (spot[1] == TOTAL) else 1


def _start(spot: Spot, way: int) -> Node:
    return ("row", spot[0]) if way == 1 else ("column", spot[1])


def _back(came: Mapping[Node, Move], first: Node, last: Node) -> Iterator[Move]:
    node = last
    while node != first:
        spot, way = came[node]
        yield spot, way
        node = _start(spot, way)
