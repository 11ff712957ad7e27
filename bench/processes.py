"""How much processor time and memory the server's processes have used, read from /proc (Linux)."""

import os
from collections.abc import Iterator
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


def tree(roots: list[int]) -> list[int]:
    """Return these processes and all that descend from them."""
    children: dict[int, list[int]] = {}
    for pid, fields in _stats():
        children.setdefault(int(fields[1]), []).append(pid)
    found, todo = [], list(roots)
    while todo:
        pid = todo.pop()
        found.append(pid)
        todo += children.get(pid, [])
    return found


def cpu_seconds(roots: list[int]) -> float:
    """Return the processor seconds of these process trees, those of children that have ended included."""
    inside = set(tree(roots))
    return sum(sum(map(int, fields[11:15])) for pid, fields in _stats() if pid in inside) / TICKS


def memory_megabytes(roots: list[int]) -> float:
    """Return the private resident memory of these process trees: shared pages are counted once per tree only."""
    total = 0
    for pid in tree(roots):
        try:
            resident, shared = Path(f"/proc/{pid}/statm").read_text().split()[1:3]
        except OSError:
            continue
        total += (int(resident) - int(shared)) * PAGE
    return round(total / 1024 / 1024, 1)


def _stats() -> Iterator[tuple[int, list[str]]]:
    """Yield (pid, fields after the name) of every process."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                yield int(entry.name), (entry / "stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
