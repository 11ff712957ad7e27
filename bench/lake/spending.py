"""What a piece of work costs: wall clock, and the processor seconds of everything that took part in it."""

import os
import resource
import time
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from bench.processes import cpu_seconds

T = TypeVar("T")


def spent(work: Callable[[], T], servers: Sequence[int] = ()) -> tuple[T, dict[str, float]]:
    """Do it; return what it returned and what it cost here and in the trees of these processes."""
    roots = [os.getpid(), *servers]
    wall, used = time.perf_counter(), cpu_seconds(roots)
    found = work()
    cost = {
        "wall_seconds": round(time.perf_counter() - wall, 2),
        "cpu_seconds": round(cpu_seconds(roots) - used, 2),
    }
    return found, cost


def cheapest(work: Callable[[], T], rounds: int, servers: Sequence[int] = ()) -> tuple[T, dict[str, Any]]:
    """Do it several times; return what it returned last and the cheapest round beside the first one."""
    runs = [spent(work, servers) for _ in range(max(rounds, 1))]
    costs = [cost for _found, cost in runs]
    best = min(costs, key=lambda cost: cost["cpu_seconds"])
    return runs[-1][0], {**best, "first_round": costs[0]}


def peak_mebibytes() -> int:
    """Return the most memory this process has had, what it is made of included."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
