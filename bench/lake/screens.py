"""What reads the numbers, over a city of `make bench`: the cockpit from stored results, and a full assessment."""

import json
import os
import statistics
import subprocess
import sys
import time
from argparse import Namespace
from typing import Any

AIM_MS, TIMES, PLAYED = 150, 20, 800
READERS = ("authority", "director")


def cockpit(chosen: Namespace) -> dict[str, Any]:
    """Store the numbers of the city, then ask for the cockpit as an authority and as a director."""
    from bench.city import opened

    city = Namespace(referrals=chosen.city, played=PLAYED, home=chosen.city_home)
    with opened(city):
        counted = _counted()
        found = {role: _asked(role) for role in READERS}
    slowest = max(page["p50_ms"] for page in found.values())
    words = f"{slowest} ms, {max(page['statements'] for page in found.values())} statements"
    return {"city": chosen.city, **counted, **found, "aim_ms": AIM_MS, "is_met": slowest <= AIM_MS, "words": words}


def _counted() -> dict[str, Any]:
    """Bring the lake of the city up to date and store all numbers and flows, as the nightly jobs do."""
    from bench.lake.spending import spent
    from yilian.config.preparing import prepare_static_files
    from yilian.kernel.indicators.computing import compute
    from yilian.kernel.indicators.engines.believing import trusted
    from yilian.kernel.lake.refreshing import refresh
    from yilian.reports.cockpit.flows import count_flows

    prepare_static_files()
    done, refreshing = spent(refresh)
    computed, counting = spent(lambda: compute(*trusted()))
    count_flows()
    numbers = computed.results if computed else 0
    return {"rows_refreshed": done.rows, "refreshing": refreshing, "numbers": numbers, "counting": counting}


def _asked(role: str) -> dict[str, Any]:
    from django.conf import settings
    from django.test import Client

    from bench.clients import Call
    from bench.counting import statements_of
    from yilian.kernel.access.models import User

    visitor = Client(SERVER_NAME="localhost")
    visitor.force_login(_reader(User, role), backend=settings.AUTHENTICATION_BACKENDS[1])
    cookie = f"{settings.SESSION_COOKIE_NAME}={visitor.cookies[settings.SESSION_COOKIE_NAME].value}"
    statements = statements_of(Call("GET", "/cockpit/", {"Cookie": cookie}))
    spent, used = [], time.process_time()
    for _ in range(TIMES):
        began = time.perf_counter()
        visitor.get("/cockpit/")
        spent.append((time.perf_counter() - began) * 1000)
    python = (time.process_time() - used) * 1000 / TIMES
    return {"p50_ms": round(statistics.median(spent), 1), "python_ms": round(python, 1), "statements": statements}


def _reader(users: Any, role: str) -> Any:
    return users.objects.filter(posts__role=role).order_by("pk").first()


def assessment(chosen: Namespace) -> dict[str, Any]:
    """Assess many consortia over the city; see `bench.assessment`."""
    command = [
        sys.executable, "-m", "bench.assessment", f"--referrals={chosen.city}", f"--consortia={chosen.consortia}",
        f"--home={chosen.city_home}",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=dict(os.environ))
    found = json.loads(done.stdout)
    return {**found, "words": f"{found['machine_seconds']} s for {found['consortia']} consortia"}
