"""Work of the clock for this domain: every night the clauses are checked; most nights only the open periods."""

from procrastinate.contrib.django import app

from yilian.domains.agreement.checking.round import check


@app.periodic(cron="20 2 * * *")
@app.task(name="agreement.check_clauses", queueing_lock="agreement.check_clauses")
def check_clauses(timestamp: int) -> None:
    """Check every clause in force."""
    check()
