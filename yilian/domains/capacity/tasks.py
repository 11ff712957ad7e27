"""Work of the clock for this domain: once a night the waits of all services are computed."""

from procrastinate.contrib.django import app

from yilian.domains.capacity.waiting.computing import compute_all


@app.periodic(cron="25 2 * * *")
@app.task(name="capacity.compute_waits", queueing_lock="capacity.compute_waits")
def compute_waits_nightly(timestamp: int) -> None:
    """Compute how long people have waited for each service."""
    compute_all()
