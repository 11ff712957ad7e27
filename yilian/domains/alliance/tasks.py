"""Work of the clock for this domain: once a night the lapsed plaques are recorded."""

from procrastinate.contrib.django import app

from yilian.domains.alliance.actions import record_lapses


@app.periodic(cron="15 1 * * *")
@app.task(name="alliance.record_lapses", queueing_lock="alliance.record_lapses")
def record_lapsed_plaques(timestamp: int) -> None:
    """Record the plaques whose right has ended."""
    record_lapses()
