"""How long a page takes to open for a reader: handled in this process, timed, and its statements counted."""

import statistics
import time
from collections.abc import Callable
from typing import Any


def opened_page(user: Any, address: str, times: int) -> dict[str, Any]:
    """Ask for a page as a user, first to warm up, and return times, processor time and statements."""
    from django.conf import settings
    from django.test import Client

    from bench.clients import Call
    from bench.counting import statements_of

    visitor = Client(SERVER_NAME="localhost")
    visitor.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[1])
    headers = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={visitor.cookies[settings.SESSION_COOKIE_NAME].value}"}
    visitor.get(address)
    statements = statements_of(Call("GET", address, headers))
    return {**timed(lambda: visitor.get(address), times), "statements": statements}


def timed(work: Callable[[], Any], times: int) -> dict[str, Any]:
    """Do some work several times; return the median and the longest in milliseconds, and what Python used of them."""
    spent, cpu = [], time.process_time()
    for _ in range(times):
        began = time.perf_counter()
        work()
        spent.append((time.perf_counter() - began) * 1000)
    used = (time.process_time() - cpu) * 1000 / times
    return {"p50_ms": round(statistics.median(spent), 1), "max_ms": round(max(spent), 1), "python_ms": round(used, 1)}
