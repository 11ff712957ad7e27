"""`python -m bench.worklist`: how long from pressing 登录 to a worklist one can use, in Chromium; prints JSON.

Over the city of `make bench` and its production server. Each person comes with an empty browser cache; the time ends
when the page has run its scripts and the list of what waits is there. Needs what `make test` installs.
"""

import argparse
import json
import os
import statistics
from random import Random
from time import perf_counter
from typing import Any

from bench.city import asking, opened
from bench.machine import described, stolen
from bench.site import Site

AIM_MS = 1500.0
CHROMIUM = "/usr/bin/chromium"
WORKLIST = "main section.card"
READY = f"() => document.readyState === 'complete' && document.querySelector('{WORKLIST}') !== null"


def main() -> None:
    parser = asking("bench.worklist", __doc__)
    parser.add_argument("--people", type=int, default=20)
    chosen = parser.parse_args()
    with opened(chosen):
        print(json.dumps(_measured(chosen), ensure_ascii=False, indent=2))


def _measured(chosen: argparse.Namespace) -> dict[str, Any]:
    home = (chosen.home / str(chosen.referrals)).absolute()
    names, machine, lost = _names(chosen.people), described(), stolen()
    site = Site(home)
    try:
        site.wait()
        times = _times(f"http://127.0.0.1:{site.port}/", names)
    finally:
        site.stop()
    cuts = statistics.quantiles(times, n=20)
    return {
        "machine": machine | {"stolen": lost()},
        "people": len(times),
        "median_ms": round(statistics.median(times)),
        "p95_ms": round(cuts[18]),
        "aim_ms": AIM_MS,
        "holds": statistics.median(times) <= AIM_MS,
    }


def _names(count: int) -> list[str]:
    """Return users for whom something waits."""
    from bench.people import log_in_all

    people = [person.username for person in log_in_all()]
    Random(1).shuffle(people)  # noqa: S311 - repeatable on purpose
    return people[: count + 1]


def _times(address: str, names: list[str]) -> list[float]:
    """Return the milliseconds of each; the first one warms the server and is not counted."""
    from playwright.sync_api import sync_playwright

    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            return [_time(browser, address, name) for name in names][1:]
        finally:
            browser.close()


def _time(browser: Any, address: str, name: str) -> float:
    from yilian.config.demo.people import PASSWORD

    context = browser.new_context(locale="zh-CN")
    try:
        page = context.new_page()
        page.goto(address)
        page.get_by_label("用户名").fill(name)
        page.get_by_label("密码").fill(PASSWORD)
        began = perf_counter()
        page.get_by_role("button", name="登录", exact=True).click()
        page.wait_for_function(READY)
        return (perf_counter() - began) * 1000
    finally:
        context.close()


if __name__ == "__main__":
    main()
