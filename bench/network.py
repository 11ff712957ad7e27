"""`python -m bench.network`: the requests of issue 3 over a network of 60 members; prints JSON.

Named requests, each handled in this process: `timeline_of_500` (the file of a patient with 500 documents),
`directory_search`, `board_of_60` (the capacity board), `finder` (its page), `finder_5000x60` (the one statement that
matches all in-patients with all members) and `booking_32` (32 clients who accept referrals and want the same slots:
no slot may be held twice).
"""

import argparse
import json
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from bench.opening import empty_installation, opened_page, timed

if TYPE_CHECKING:
    from bench.network_city import Network


SEED = 20261122
FINDER_AIM_S, CLIENTS, TIMES = 2.0, 32, 3
PAGES = {
    "timeline_of_500": "/patients/{patient}/records/",
    "directory_search": "/services/?q=内科&sort=wait",
    "board_of_60": "/capacity/",
    "finder": "/finder/",
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.network", description=__doc__)
    parser.add_argument("--members", type=int, default=60)
    parser.add_argument("--stays", type=int, default=5000)
    parser.add_argument("--documents", type=int, default=500)
    parser.add_argument("--wanting", type=int, default=96, help="referrals that want one of half as many slots")
    parser.add_argument("--times", type=int, default=10, help="how often each request is sent")
    parser.add_argument("--home", type=Path, default=Path("var/bench/network"))
    chosen = parser.parse_args()
    with empty_installation(chosen.home):
        print(json.dumps(_run(chosen), ensure_ascii=False, indent=2))


def _run(chosen: argparse.Namespace) -> dict[str, Any]:
    from bench.network_city import Size, build

    began = time.monotonic()
    size = Size(chosen.members, chosen.stays, chosen.documents, chosen.wanting, chosen.wanting // 2)
    network = build(size, SEED)
    sys.stderr.write(f"{size} in {time.monotonic() - began:.0f} s\n")
    pages = {
        key: opened_page(network.user, path.format(patient=network.patient), chosen.times)
        for key, path in PAGES.items()
    }
    return {"size": vars(size), **pages, "finder_5000x60": _match(network), "booking_32": _book(network)}


def _match(network: "Network") -> dict[str, Any]:
    """Match every in-patient whom somebody holds fit with every member, and say whether the aim is met."""
    from django.db import connection

    from bench.processes import cpu_seconds
    from yilian.kernel.access.scope import scope
    from yilian.reports.finder.suggesting import Finder

    with scope(network.doctor):
        finder = Finder(network.doctor)
        found: list[int] = []
        with connection.cursor() as cursor:
            cursor.execute("select pg_backend_pid()")
            (backend,) = cursor.fetchone()
        before = cpu_seconds([backend])
        took = timed(lambda: found.append(len(finder.find(None, most=3))), TIMES)
        database = round((cpu_seconds([backend]) - before) * 1000 / TIMES, 1)
    return {
        **took, "database_ms": database, "patients": found[-1], "members": len(finder.places), "aim_s": FINDER_AIM_S,
        "holds": took["p50_ms"] <= FINDER_AIM_S * 1000,
    }  # fmt: skip


def _book(network: "Network") -> dict[str, Any]:
    """Let 32 clients accept referrals and take slots at random; count who got one and what the database holds twice."""
    from yilian.domains.capacity.models import Booking
    from yilian.kernel.access.scope import scope

    slots, chance = network.slots, Random(SEED)  # noqa: S311 - repeatable on purpose
    wishes = [(key, chance.choice(slots)) for key in network.referrals]
    began = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        came = Counter(pool.map(lambda wish: _accept(network, *wish), wishes))
    spent = time.perf_counter() - began
    with scope(network.desk):
        held = Counter(Booking.objects.filter(freed_at__isnull=True).values_list("place_id", flat=True))
    overlaps = sum(count - 1 for count in held.values())
    return {
        "clients": CLIENTS, "asked": len(wishes), "slots_wanted": len({slot for _key, slot in wishes}),
        "came_to": dict(came), "overlaps": overlaps, "seconds": round(spent, 2),
        "holds": overlaps == 0 and came["booked"] == len(held),
    }  # fmt: skip


def _accept(network: "Network", key: Any, slot: int) -> str:
    from django.db import connections

    from yilian.domains.referral.models import Referral
    from yilian.kernel.access.scope import scope
    from yilian.kernel.workflow.engine import take
    from yilian.kernel.workflow.refusals import Refused

    try:
        with scope(network.desk):
            take(Referral.objects.get(pk=key), "accept", by=network.desk, place=slot)
    except Refused:
        return "refused"
    finally:
        connections.close_all()
    return "booked"


if __name__ == "__main__":
    main()
