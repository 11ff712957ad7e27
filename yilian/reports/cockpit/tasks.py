"""Work of the clock for the cockpit: flows are counted every night."""

from procrastinate.contrib.django import app

from yilian.reports.cockpit.flows import count_flows


@app.periodic(cron="5 4 * * *")
@app.task(name="cockpit.count_flows", queueing_lock="cockpit.count_flows")
def count_all_flows(timestamp: int = 0) -> None:
    """Count the flows between institutions anew."""
    count_flows()
