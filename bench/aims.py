"""What each request may cost (issue 2), and how a run compares with it."""

from dataclasses import dataclass

from bench.clients import Measured

JUDGED = 8
"""The number of clients that the aims speak of."""


@dataclass(frozen=True)
class Aim:
    """Milliseconds: processor time per request of web and database together, and p95 at eight clients."""

    cpu: float | None = None
    p95: float | None = None


READ, STEP, PAGE = 40, 60, 90
AIMS = {
    "list_of_20": Aim(3, READ),
    "deep_page": Aim(3, READ),
    "detail": Aim(4, READ),
    "open_steps": Aim(4, READ),
    "inbox": Aim(4, READ),
    "patient_by_number": Aim(3, READ),
    "patient_by_name": Aim(6, READ),
    "open_and_send": Aim(9, STEP),
    "accept": Aim(6, STEP),
    "html_list": Aim(15, PAGE),
    "html_detail": Aim(None, PAGE),
    "log_in": Aim(),
    "export": Aim(),
}
GROWTH = 1.3
"""How many times what it costs at 10,000 referrals a request may cost at 1,000,000."""


def judged(key: str, runs: list[Measured]) -> dict[str, str]:
    """Return met or missed, with the numbers, for each aim that a request has."""
    aim, at = AIMS[key], _judged_run(runs)
    found = {}
    if aim.cpu is not None:
        found["cpu_per_request"] = _verdict(at.cpu_per_request, aim.cpu)
    if aim.p95 is not None and at.clients == JUDGED:
        found["p95"] = _verdict(at.p95, aim.p95)
    for run in runs:
        if run.errors or run.clients == max(one.clients for one in runs):
            found[f"errors_at_{run.clients}"] = _verdict(run.errors, 0)
    return found


def growth(small: dict[str, float], large: dict[str, float]) -> dict[str, str]:
    """Compare the processor time per request of two sizes, request by request."""
    return {key: _verdict(round(large[key] / small[key], 2), GROWTH) for key in small if key in large and small[key]}


def _judged_run(runs: list[Measured]) -> Measured:
    return next((run for run in runs if run.clients == JUDGED), runs[0])


def _verdict(value: float, most: float) -> str:
    return f"{'met' if value <= most else 'MISSED'}: {value:g} of {most:g}"
