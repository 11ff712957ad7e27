"""Jobs of the numbers: what changed in the lake is counted after each refresh, measures are asked once a night."""

import logging
from collections.abc import Sequence
from contextlib import suppress

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.types import JSONValue

from yilian.kernel.lake.tasks import after_refresh

log = logging.getLogger(__name__)
COUNT = "indicators.count"
after_refresh.append(COUNT)
AFTER_ALL_ELSE = -1
"""The priority of what may wait for all else: other jobs have 0, and of those due the highest goes first."""
PORTION = 8
"""How many measures one job asks."""


@app.task(name=COUNT, queueing_lock=COUNT, pass_context=False)
def count() -> int:
    """Count what is stale; return how many numbers were kept. Twice, or two at once, changes nothing more."""
    from yilian.kernel.indicators.computing import compute
    from yilian.kernel.indicators.engines.believing import trusted
    from yilian.kernel.indicators.engines.question import EngineError
    from yilian.kernel.indicators.standing import note_failure

    try:
        done = compute(*trusted())
    except EngineError as error:
        log.error("nothing was counted: %s", error)
        note_failure(str(error))
        return 0
    if done and done.failure:
        log.error("not everything was counted: %s", done.failure)
    return done.results if done else 0


@app.periodic(cron="31 2 * * *")
@app.task(name="indicators.nightly", queueing_lock="indicators.nightly", pass_context=False)
def nightly(timestamp: int) -> int:
    """Have the measures asked, and count what became stale without a refresh: definitions, members."""
    ask_measures()
    return count()


def ask_measures() -> int:
    """Have every measure asked that is to be asked tonight, some at a time; return in how many portions.

    Each is a job of its own behind all that is due, so that a night of them holds up no message and no time limit.
    """
    from yilian.kernel.indicators.measuring import tonight

    portions = 0
    for (month, length), asked in tonight().items():
        for first in range(0, len(asked), PORTION):
            keys: list[JSONValue] = [each.key for each in asked[first : first + PORTION]]
            lock = f"{measure_portion.name}:{month}:{length}:{keys[0]}"
            with suppress(AlreadyEnqueued):
                job = measure_portion.configure(queueing_lock=lock, priority=AFTER_ALL_ELSE)
                job.defer(month=month, length=length, keys=keys)
            portions += 1
    return portions


@app.task(name="indicators.measure", pass_context=False)
def measure_portion(month: int, length: int, keys: Sequence[str]) -> int:
    """Ask some measures for one span; return how many numbers were kept. Twice changes nothing more."""
    from yilian.kernel.indicators.indicator import indicators
    from yilian.kernel.indicators.measuring import measure

    done = measure({(month, length): [each for each in indicators if each.key in set(keys)]})
    if done.failure:
        log.error("not every measure was asked: %s", done.failure)
    return done.results
