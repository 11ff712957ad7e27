"""The job that brings a notice out of the house, and comes back as long as something of it waits."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from yilian.kernel.access.actor import system_actor
from yilian.kernel.access.scope import scope
from yilian.kernel.notices import delivering
from yilian.kernel.notices.models import Notice


@app.task(name="notices.deliver", queue="notices", retry=RetryStrategy(max_attempts=8, exponential_wait=4))
def deliver(notice_id: str, institution_id: int) -> None:
    """Send a notice on. Run twice, or by two workers at once, it sends once.

    Each delivery has a transaction of its own: its row is locked while the gateway is asked. What a gateway refuses
    waits longer each time and is dead in the end; the retries of the job itself are for faults of our own.
    """
    worker = system_actor("deliver", institution_id)
    with scope(worker):
        delivering.plan(Notice.objects.select_related("case").get(pk=notice_id))
        due = delivering.due_now(notice_id)
    for delivery_id in due:
        with scope(worker):
            delivering.attempt(delivery_id)
    with scope(worker):
        if again := delivering.next_try(notice_id):
            deliver.configure(schedule_at=again).defer(notice_id=notice_id, institution_id=institution_id)
