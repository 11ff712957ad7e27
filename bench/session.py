"""One measured city: starts its server, measures, stops it, prints JSON. Started by `bench` with YILIAN_HOME set."""

import argparse
import json
import os
import sys
from pathlib import Path

import django

from bench.city import leave_when_told, record_of
from bench.site import Site


def main() -> None:
    leave_when_told()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--clients", required=True)
    parser.add_argument("--only", required=True)
    chosen = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yilian.config.settings")
    django.setup()
    home = Path(os.environ["YILIAN_HOME"])
    site = Site(home)
    try:
        site.wait()
        print(json.dumps({"data": record_of(home), **measured(site, chosen)}, ensure_ascii=False))
    finally:
        site.stop()


def measured(site: Site, chosen: argparse.Namespace) -> dict[str, object]:
    """Measure the chosen requests of a running site."""
    from bench.machine import described, stolen
    from bench.people import log_in_all
    from bench.running import run_all, traps
    from bench.stock import Stock

    machine, lost = described(), stolen()
    counts = [int(count) for count in chosen.clients.split(",")]
    found = run_all(site, Stock(log_in_all()), chosen.only.split(","), counts, chosen.seconds, say)
    machine["stolen"] = lost()
    return {"machine": machine, "memory_megabytes": site.memory(), "traps": traps(found), "requests": found}


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
