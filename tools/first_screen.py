"""Measures log-in to a usable worklist in Chromium: `python -m tools.first_screen http://localhost:8000`.

From the press of the log-in button until the worklist stands there, its script has run and a frame was drawn. Prints
JSON in milliseconds: the median and every single run of each demo account, each run in a fresh window whose cache holds
what the log-in page needs.
"""

import json
import statistics
import sys
import time

from playwright.sync_api import Browser, sync_playwright

from tools.screenshots import CHROMIUM, QUIET

ACCOUNTS = ("township", "county", "city", "reception", "office", "authority", "stranger")
RUNS = 5
DRAWN = "() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))"


def main(address: str) -> None:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        once(browser, address, ACCOUNTS[0])
        found = {user: sorted(once(browser, address, user) for _run in range(RUNS)) for user in ACCOUNTS}
        browser.close()
    medians = {user: {"median": statistics.median(runs), "runs": runs} for user, runs in found.items()}
    sys.stdout.write(json.dumps({"unit": "ms", "accounts": medians}, indent=2) + "\n")


def once(browser: Browser, address: str, user: str) -> int:
    """Return the milliseconds from pressing log-in to a worklist that can be used."""
    context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", viewport={"width": 1366, "height": 768})
    page = context.new_page()
    page.goto(address)
    page.fill("[name=login]", user)
    page.fill("[name=password]", "yilian-demo")
    button = page.locator("form:has([name=password]) button[type=submit]").first
    began = time.perf_counter()
    button.click(no_wait_after=True)
    page.locator(".tiles").wait_for()
    page.wait_for_load_state("domcontentloaded")
    page.evaluate(DRAWN)
    took = round(1000 * (time.perf_counter() - began))
    context.close()
    return took


if __name__ == "__main__":
    main(sys.argv[1])
