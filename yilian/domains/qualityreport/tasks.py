"""Work of the clock: on the first working day after a quarter a report is written for each member of a community."""

from procrastinate.contrib.django import app

from yilian.domains.qualityreport.actions import write_due


@app.periodic(cron="40 6 * * *")
@app.task(name="qualityreport.write", queueing_lock="qualityreport.write")
def write_quality_reports(timestamp: int = 0) -> None:
    """Write what is due; most days there is nothing."""
    write_due()
