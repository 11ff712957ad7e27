"""`make bench-lake`: makes lakes of any size, measures what the numbers cost over them, prints JSON.

    make bench-lake                                              # 1,000,000 encounters, every part but those on demand
    make bench-lake ARGS='--encounters 1e6,1e7'                  # and what ten times as many cost
    make bench-lake ARGS='--encounters 1e8 --only comparable,additive,dirty --rounds 1'
    make bench-lake ARGS='--only spark,cockpit,assessment'       # on demand: a cluster; a city of `make bench`

Each part runs in a process of its own, so that its peak of memory is its own. A lake that was made stays in
`var/bench/lake/<encounters>` and is used again; `--fresh` makes it anew.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench.lake.options import DEFAULT, GROWING, chosen_options

FAILED = "failed"


def main() -> None:
    chosen = chosen_options(__doc__)
    found: dict[str, Any] = {"machine": _machine(), "months": chosen.months, "lakes": {}}
    for encounters in chosen.encounters:
        folder = chosen.folder.absolute() / str(encounters)
        if chosen.fresh:
            shutil.rmtree(folder, ignore_errors=True)
        found["lakes"][str(encounters)] = _measured(folder, encounters, chosen.only or DEFAULT)
    if len(found["lakes"]) > 1:
        found["growth"] = _growth(found["lakes"])
    said = json.dumps(found, ensure_ascii=False, indent=2)
    if chosen.output:
        chosen.output.write_text(said)
    print(said)


def _machine() -> dict[str, Any]:
    from bench.machine import of_this_machine

    return of_this_machine()


def _measured(folder: Path, encounters: int, parts: list[str]) -> dict[str, Any]:
    """Measure every part over one lake; the lake is made first if it is not there."""
    found = {}
    for part in ("making", *parts):
        sys.stderr.write(f"{encounters:>11,} {part:<12}")
        sys.stderr.flush()
        found[part] = _in_own_process(part, folder, encounters)
        sys.stderr.write(f"{found[part].get('words', '')}\n")
    return found


def _in_own_process(part: str, folder: Path, encounters: int) -> dict[str, Any]:
    """Run one part by itself with the same options; return what it printed, or the last lines of what it said."""
    command = [sys.executable, "-m", "bench.lake.part", part, str(folder), str(encounters), *sys.argv[1:]]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return {FAILED: done.stderr.strip().splitlines()[-3:], "words": FAILED}
    return json.loads(done.stdout.strip().splitlines()[-1])


def _growth(lakes: dict[str, Any]) -> dict[str, dict[str, float]]:
    """Return how many times the processor time grew from each size to the next; linear is the ratio of the sizes."""
    found = {}
    for smaller, larger in zip(lakes, list(lakes)[1:], strict=False):
        pairs = {part: (lakes[smaller].get(part, {}), lakes[larger].get(part, {})) for part in GROWING}
        found[f"{smaller} to {larger}"] = {
            part: round(there["cpu_seconds"] / here["cpu_seconds"], 2)
            for part, (here, there) in pairs.items()
            if here.get("cpu_seconds") and there.get("cpu_seconds")
        }
    return found


if __name__ == "__main__":
    main()
