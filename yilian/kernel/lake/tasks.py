"""Jobs of the lake: a refresh each night and after a feed, and each week a comparison with the database."""

import logging
from contextlib import suppress
from typing import TYPE_CHECKING

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

if TYPE_CHECKING:
    from yilian.kernel.lake.refreshing import Refreshed

log = logging.getLogger(__name__)
after_refresh: list[str] = []
"""Names of jobs that are to run when a refresh changed something; whoever computes from the lake adds one."""


@app.periodic(cron="41 1 * * *")
@app.task(name="lake.nightly", queueing_lock="lake.nightly", pass_context=False)
def nightly(timestamp: int) -> int:
    """Bring the lake up to date; return how many months changed."""
    return refresh_lake()


@app.task(name="lake.refresh", queueing_lock="lake.refresh", pass_context=False)
def refresh_lake() -> int:
    """Bring the lake up to date, make a broken one anew, and let those know who compute from it.

    Running it twice, or two at once, changes nothing more.
    """
    from yilian.kernel.lake.noting import noted

    with noted() as note:
        done = _refreshed()
        note.done(done)
    if done.months:
        for name in after_refresh:
            with suppress(AlreadyEnqueued):
                app.configure_task(name, queueing_lock=name).defer()
    return len(done.months)


def _refreshed() -> "Refreshed":
    from yilian.kernel.lake.manifest import BrokenManifestError
    from yilian.kernel.lake.refreshing import rebuild, refresh

    try:
        return refresh()
    except BrokenManifestError as error:
        log.warning("%s; the lake is made anew", error)
        return rebuild()


@app.periodic(cron="11 2 * * 0")
@app.task(name="lake.check", queueing_lock="lake.check", pass_context=False)
def check_lake(timestamp: int) -> int:
    """Compare the lake with the database; when they differ it is made anew, and the log says what differed."""
    from yilian.kernel.lake.checking import check
    from yilian.kernel.lake.noting import noted
    from yilian.kernel.lake.refreshing import rebuild

    found = check()
    if found:
        log.error("the lake differs from the database and is made anew: %s", found[:20])
        with noted() as note:
            note.done(rebuild())
    return len(found)
