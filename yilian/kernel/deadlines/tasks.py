"""Work of the clock: the round every minute, and jobs of dead workers put back in the queue."""

import logging

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from yilian.kernel.deadlines.escalating import tell_of_broken
from yilian.kernel.deadlines.rounds import go_round

logger = logging.getLogger(__name__)
SILENT_SECONDS = 30
MOST_ATTEMPTS = 5


@app.periodic(cron="* * * * *")
@app.task(name="deadlines.round", queueing_lock="deadlines.round")
def deadlines_round(timestamp: int) -> None:
    """Go round once a minute."""
    go_round()


@app.periodic(cron="40 5 * * *")
@app.task(name="deadlines.broken_obligations", queueing_lock="deadlines.broken_obligations")
def broken_obligations(timestamp: int) -> None:
    """Tell once a day, before work begins, what was not kept."""
    tell_of_broken()


# Six fields: the seconds come last.
@app.periodic(cron="* * * * * */15")
@app.task(name="jobs.rescue", queueing_lock="jobs.rescue", pass_context=True)
async def rescue_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Put jobs back whose worker has fallen silent; one that has outlived five workers, or is queued again, fails."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS):
        logger.warning("job %s (%s) lost its worker", job.id, job.task_name)
        if job.attempts < MOST_ATTEMPTS:
            try:
                await manager.retry_job(job)
                continue
            except UniqueViolation:
                # The next job of the same queueing lock already waits and does the same work.
                logger.info("job %s is queued again already", job.id)
        await manager.finish_job(job, status=Status.FAILED, delete_job=False)
