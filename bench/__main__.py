"""`make bench`: measures the production server on realistic data and prints JSON; what is going on goes to stderr."""

import argparse
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench.aims import AIMS, growth
from bench.city import leave_when_told, record_of

SMALL, LARGE = 10_000, 1_000_000
COMPARED = ("list_of_20", "deep_page", "detail", "open_steps", "inbox", "patient_by_number", "patient_by_name",
            "open_and_send", "accept", "html_list", "html_detail")  # fmt: skip
NOTE = "The clients run on the same cores as the server: their own processor time is not counted, but they wait for it."


def main() -> None:
    leave_when_told()
    chosen = _arguments()
    home = chosen.home / str(chosen.referrals)
    if chosen.growth:
        sizes = [_one_size(chosen, chosen.home / str(size), size) for size in (SMALL, LARGE)]
        costs = [
            {key: entry["runs"][0]["cpu_per_request"] for key, entry in size["requests"].items()} for size in sizes
        ]
        report: dict[str, Any] = {"growth": growth(*costs), "sizes": sizes}
    else:
        report = _one_size(chosen, home, chosen.referrals)
    text = json.dumps(report, ensure_ascii=False, indent=2)
    if chosen.output:
        chosen.output.write_text(text + "\n")
    print(text)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--referrals", type=int, default=100_000, help="how many, and as many patients")
    parser.add_argument("--clients", default="1,8,32", help="how many at once, one run each")
    parser.add_argument("--seconds", type=float, default=5.0, help="how long each run takes")
    parser.add_argument("--only", default=",".join(AIMS), help="some of: %(default)s")
    parser.add_argument("--growth", action="store_true", help="compare 10,000 and 1,000,000 referrals instead")
    parser.add_argument("--played", type=int, default=800, help="referrals played by the engine before they are copied")
    parser.add_argument("--home", type=Path, default=Path("var/bench"), help="where loaded data are kept")
    parser.add_argument("--fresh", action="store_true", help="load anew what is there")
    parser.add_argument("--output", type=Path, help="a file for the JSON as well")
    chosen = parser.parse_args()
    chosen.clients = [8] if chosen.growth else [int(count) for count in chosen.clients.split(",")]
    chosen.only = COMPARED if chosen.growth else chosen.only.split(",")
    if strange := set(chosen.only) - set(AIMS):
        parser.error(f"no such request: {', '.join(sorted(strange))}")
    return chosen


def _one_size(chosen: argparse.Namespace, home: Path, referrals: int) -> dict[str, Any]:
    """Load a city of this size unless it is there, and measure it, in a process of its own: each knows one city."""
    home = home.absolute()
    if chosen.fresh:
        shutil.rmtree(home, ignore_errors=True)
    environment = {**os.environ, "YILIAN_HOME": str(home)}
    environment.pop("DATABASE_URL", None)
    if record_of(home) is None:
        shutil.rmtree(home, ignore_errors=True)
        say(f"loading {referrals:,} referrals into {home}")
        sizes = [f"--referrals={referrals}", f"--patients={referrals}", f"--played={chosen.played}"]
        _run("bench.city", *sizes, environment=environment, output=sys.stderr)
    asked = ["--seconds", str(chosen.seconds), "--clients", ",".join(map(str, chosen.clients))]
    said = _run("bench.session", *asked, f"--only={','.join(chosen.only)}", environment=environment)
    return {"note": NOTE, **json.loads(said)}


def _run(module: str, *arguments: str, environment: dict[str, str], output: Any = subprocess.PIPE) -> bytes:
    """Run a part of the benchmark and return what it prints; it ends in good order when this process is told to end."""
    part = subprocess.Popen([sys.executable, "-m", module, *arguments], env=environment, stdout=output)
    try:
        said, _nothing = part.communicate()
    finally:
        part.terminate()
        part.wait()
    if part.returncode:
        raise SystemExit(f"{module} has failed: see above.")
    return said


def say(text: str) -> None:
    """Tell what is going on, beside the JSON."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
