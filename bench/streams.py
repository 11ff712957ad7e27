"""`python -m bench.streams --streams 500`: how long after a commit open pages hear of it; prints JSON."""

import argparse
import asyncio
import json
import os
import shutil
import statistics
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

from bench import processes
from bench.site import Site, free_port

OF_ONE = 10
"""Pages that one person has open."""
AIM_MS = 200.0


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.streams", description=__doc__)
    parser.add_argument("--streams", type=int, default=500)
    parser.add_argument("--changes", type=int, default=40, help="cases opened while they listen")
    parser.add_argument("--pause", type=float, default=0.25, help="seconds between two changes")
    parser.add_argument("--home", type=Path, default=Path("var/bench/streams"))
    chosen = parser.parse_args()
    home = chosen.home.absolute()
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    port = free_port()
    os.environ |= {"YILIAN_HOME": str(home), "YILIAN_STREAMS_PORT": str(port)}
    site = Site(home)
    try:
        site.wait()
        print(json.dumps(_measured(chosen, port, site), indent=2))
    finally:
        site.stop()


def _measured(chosen: argparse.Namespace, port: int, site: Site) -> dict[str, Any]:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yilian.config.settings")
    django.setup()
    cookies, actor = _people(-(-chosen.streams // OF_ONE))
    sys.stderr.write(f"{chosen.streams} streams of {len(cookies)} people\n")
    heard, told, opening = asyncio.run(_listen_and_tell(chosen, port, cookies, actor))
    times = [(moment - told[case]) * 1000 for page in heard for case, moment in page.items() if case in told]
    cuts = statistics.quantiles(times, n=100)
    record = next((site.home / "run").glob("streams-*.json"))
    return {
        "streams": chosen.streams,
        "changes": chosen.changes,
        "deliveries": len(times),
        "missing": chosen.streams * chosen.changes - len(times),
        "opened_in_s": round(opening, 2),
        "median_ms": round(cuts[49], 1),
        "p95_ms": round(cuts[94], 1),
        "max_ms": round(max(times), 1),
        "aim_ms": AIM_MS,
        "holds": cuts[49] <= AIM_MS,
        "streams_memory_mb": processes.memory_megabytes([json.loads(record.read_text())["pid"]]),
    }


def _people(count: int) -> tuple[list[str], Any]:
    """Return a session cookie for each of so many doctors of one house, and the first of them as an Actor."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from yilian.kernel.access.models import Post, User
    from yilian.kernel.access.posts import actor_for
    from yilian.registry.models import Institution

    house, cookies, first = Institution.objects.create(name="江城市第一人民医院"), [], None
    for number in range(count):
        user = User.objects.create(username=f"stream{number}", full_name=f"医师{number}")
        user.set_unusable_password()
        user.save()
        Post.objects.create(user=user, institution=house, role="doctor", since_on=date(2020, 1, 1))
        session = SessionStore()
        session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[1]
        session.save()
        cookies.append(f"{settings.SESSION_COOKIE_NAME}={session.session_key}")
        first = first or actor_for(user)
    return cookies, first


async def _listen_and_tell(
    chosen: argparse.Namespace, port: int, cookies: list[str], actor: Any
) -> tuple[list[dict[str, float]], dict[str, float], float]:
    """Return what each page heard and when, when each change was committed, and how long opening all pages took."""
    heard: list[dict[str, float]] = [{} for _ in range(chosen.streams)]
    ready = [asyncio.Event() for _ in heard]
    began = time.perf_counter()
    pages = [
        asyncio.ensure_future(_page(port, cookies[number % len(cookies)], heard[number], ready[number]))
        for number in range(chosen.streams)
    ]
    await asyncio.gather(*(event.wait() for event in ready))
    opening = time.perf_counter() - began
    told: dict[str, float] = {}
    for _ in range(chosen.changes):
        case, moment = await asyncio.to_thread(_change, actor)
        told[case] = moment
        await asyncio.sleep(chosen.pause)
    await asyncio.sleep(2)
    for page in pages:
        page.cancel()
    await asyncio.gather(*pages, return_exceptions=True)
    return heard, told, opening


async def _page(port: int, cookie: str, heard: dict[str, float], ready: asyncio.Event) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET /streams/ HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\n\r\n".encode())
    try:
        while line := await reader.readline():
            words = line.decode().split()
            if words[:1] == ["retry:"]:
                ready.set()
            elif words[:1] == ["data:"] and len(words) == 3:
                heard.setdefault(words[1], time.perf_counter())
    finally:
        writer.close()


def _change(actor: Any) -> tuple[str, float]:
    """Open a draft and return its key and the moment before the commit."""
    from django.db import connection

    from yilian.kernel.access.scope import scope
    from yilian.kernel.workflow.engine import open_case

    with scope(actor):
        case = open_case("referral", by=actor)
        moment = time.perf_counter()
    connection.close()
    return str(case.pk), moment


if __name__ == "__main__":
    main()
