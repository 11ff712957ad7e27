"""Runs every request under every number of clients against one site, and says what it cost."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from bench.aims import AIMS, judged
from bench.clients import PATIENCE, Call, Client, Measured, measure
from bench.site import Site

WARM_UP = 4.0
"""Seconds before a request is measured: each connection plans a statement eight times before it keeps the plan."""
WARMING = 8
"""Clients that warm up: enough to reach every process; what many more had asked would still be at work."""
RESERVE = 150
"""Referrals to be sent beforehand for each second of accepting: none is accepted twice."""
HOST = "127.0.0.1"
DELAY = 38.0
"""Milliseconds: an answer held back until the client acknowledges takes 40."""


def run_all(
    site: Site, stock: Any, keys: Sequence[str], counts: Sequence[int], seconds: float, say: Callable[[str], None]
) -> dict[str, Any]:
    """Return what each request cost, by its key."""
    found = {}
    first = stock.first_requests()
    _measured(site, lambda: next(first, None), 1, PATIENCE)
    if "accept" in keys:
        _send_before(site, stock, round(RESERVE * seconds * len(counts)))
    for key in (key for key in AIMS if key in keys):
        make: Callable[[], Call | None] = getattr(stock, key)
        statements = _statements(make)
        _measured(site, make, min(WARMING, max(counts)), min(WARM_UP, seconds))
        runs = [run for count in counts if (run := _measured(site, make, count, seconds))]
        for run in runs:
            say(
                f"{key:<18} {run.clients:>2} clients {run.per_second:>7}/s  p95 {run.p95:>8} ms  "
                f"cpu {run.cpu_per_request:>7} ms  errors {run.errors}"
            )
        if runs:
            found[key] = {
                "statements": statements,
                "runs": [asdict(run) for run in runs],
                "aims": judged(key, runs),
            }
    return found


def traps(found: dict[str, Any]) -> dict[str, str]:
    """Say whether the two known traps are there: answers delayed on kept connections, and a pool that locks up."""
    reads = [entry["runs"] for key, entry in found.items() if key in ("list_of_20", "detail", "inbox")]
    alone = [runs[0]["p50"] for runs in reads if runs[0]["clients"] == 1]
    crowd = [run for key in ("detail", "html_detail") if key in found for run in found[key]["runs"]]
    crowd = [run for run in crowd if run["clients"] == max(run["clients"] for run in crowd)]
    said = {}
    if alone:
        said["delayed_answers_on_kept_connections"] = f"{'THERE' if max(alone) >= DELAY else 'no'}: p50 {max(alone)} ms"
    if crowd:
        errors = sum(run["errors"] for run in crowd)
        text = f"{errors} errors at {crowd[0]['clients']} clients, each answer with a record of access"
        said["pool_that_locks_up"] = f"{'THERE' if errors else 'no'}: {text}"
    return said


def _send_before(site: Site, stock: Any, wanted: int) -> None:
    """Send referrals for those who accept, and leave as many patients for those who send."""
    while len(stock.sent) < wanted and len(stock.to_send) > wanted:
        _measured(site, stock.open_and_send, 4, WARM_UP)


def _measured(site: Site, make: Callable[[], Call | None], count: int, seconds: float) -> Measured | None:
    return measure(make, [Client(HOST, site.port) for _ in range(count)], seconds, site.cpu_seconds)


def _statements(make: Callable[[], Call | None]) -> int | None:
    from bench.counting import statements_of

    calls = [call for _ in range(3) if (call := make())]
    return [statements_of(call) for call in calls][-1] if calls else None
