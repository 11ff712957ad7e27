"""How long a page takes to open for a reader: handled in this process, timed, and its statements counted."""

import os
import shutil
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def empty_installation(home: Path) -> Iterator[None]:
    """Open an installation without rows, in a folder made anew; this process then knows no other one."""
    home = home.absolute()
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    os.environ["YILIAN_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yilian.config.settings")
    import django

    django.setup()
    from django.conf import settings

    from yilian.config.preparing import prepare_database, prepare_static_files
    from yilian.kernel.postgres.place import in_use

    with in_use(settings.PLACE, settings.HOME):
        prepare_database()
        prepare_static_files()
        yield


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
