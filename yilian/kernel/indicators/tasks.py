"""Jobs of the numbers: what changed in the lake is counted after each refresh, measures are asked once a night."""

import logging

from procrastinate.contrib.django import app

from yilian.kernel.lake.tasks import after_refresh

log = logging.getLogger(__name__)
COUNT = "indicators.count"
after_refresh.append(COUNT)


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
    """Ask the measures, and count what became stale without a refresh: definitions, members."""
    from yilian.kernel.indicators.measuring import measure_all

    return count() + measure_all().results
