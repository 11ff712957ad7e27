"""The jobs that bring care data to the demo city right after its start: loading the city does not wait for them."""

from contextlib import suppress

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from yilian.kernel.indicators.tasks import ask_measures, count
from yilian.kernel.lake.tasks import refresh_lake

LATER = {"minutes": 3}
"""After the first figures are there, which people look at first."""


@app.task(name="demo.encounters", queueing_lock="demo.encounters")
def bring_care_data(seed: int) -> int:
    """Have every member report three years, the lake take them in, and an alliance adopt a definition of its own.

    A city that has reports is left alone.
    """
    from yilian.config.demo.encounters import bring_encounters, has_reports
    from yilian.config.demo.measuring import bring_measures

    taken = 0 if has_reports() else bring_encounters(seed=seed)
    refresh_lake()
    bring_measures()
    if taken:
        with suppress(AlreadyEnqueued):
            follow_up.configure(schedule_in=LATER).defer()
    return taken


@app.task(name="demo.follow_up", queueing_lock="demo.follow_up", retry=RetryStrategy(max_attempts=5, wait=60))
def follow_up() -> int:
    """Hand out a year of an indicator, have the past measured and write the quality reports, as nights would."""
    from yilian.config.demo.measuring import bring_release
    from yilian.domains.qualityreport.actions import write_due

    count()
    bring_release()
    ask_measures()
    return write_due()
