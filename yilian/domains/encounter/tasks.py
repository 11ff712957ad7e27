"""Jobs of feeding: judging what was sent, and forgetting what need not be kept."""

from datetime import timedelta
from uuid import UUID

from django.db import connection
from procrastinate.contrib.django import app

from yilian.kernel import clock

KEPT = timedelta(days=7)
"""How long rejected rows, which hold personal data, stay for download."""


@app.task(name="encounter.judge")
def judge_feed(feed_id: str, institution_id: int) -> None:
    """Judge a feed and have the lake take it in; running it twice changes nothing more."""
    from yilian.domains.encounter.models import FeedState
    from yilian.domains.encounter.taking_in import carry_out, give_up

    key = UUID(feed_id)
    try:
        state = carry_out(key, institution_id)
    except Exception:
        give_up(key, institution_id)
        raise
    if state == FeedState.TAKEN:
        _refresh()


def _refresh() -> None:
    """Have the lake refreshed, once for all feeds that wait for it."""
    from procrastinate.exceptions import AlreadyEnqueued

    from yilian.kernel.lake.tasks import refresh_lake

    try:
        refresh_lake.defer()
    except AlreadyEnqueued:
        return


@app.periodic(cron="49 3 * * *")
@app.task(name="encounter.forget", queueing_lock="encounter.forget", pass_context=False)
def forget(timestamp: int) -> int:
    """Drop rejected rows that are old enough; return of how many feeds."""
    with connection.cursor() as cursor:
        cursor.execute("select encounter_forget(%s)", [clock.now() - KEPT])
        return cursor.fetchone()[0]
