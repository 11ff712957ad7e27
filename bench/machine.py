"""The machine and the programs that were measured."""

import os
import platform
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection


def described() -> dict[str, Any]:
    """Return the machine and the version of the database of this process."""
    with connection.cursor() as cursor:
        cursor.execute("show server_version")
        return {**of_this_machine(), "postgresql": cursor.fetchone()[0]}


def of_this_machine() -> dict[str, Any]:
    """Return processor, cores, memory, versions and what the machine was busy with."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gigabytes": round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30, 1),
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        "commit": _commit(),
        "load_before": [round(value, 2) for value in os.getloadavg()],
    }


def stolen() -> Callable[[], float]:
    """Return what says which share of the time since now this virtual machine wanted its cores and had none.

    Where neighbours take much, a request costs more processor time too: caches are theirs.
    """
    before = _ticks()

    def share() -> float:
        lost, whole = (now - then for now, then in zip(_ticks(), before, strict=True))
        return round(lost / whole, 2) if whole else 0.0

    return share


def _ticks() -> tuple[int, int]:
    """Return the time stolen from this machine's cores since it started, and all of their time (Linux)."""
    fields = [int(field) for field in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    return fields[7], sum(fields)


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")


def _commit() -> str:
    said = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    return said.stdout.strip() or "unknown"
