"""Jobs of the documents: scanning what could not be scanned, and sweeping files that no row names."""

import time

from django.db import connection
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from yilian.kernel.access.actor import system_actor
from yilian.kernel.access.scope import scope
from yilian.kernel.documents import scanning, vault
from yilian.kernel.documents.models import Attachment, ScanState

DAY = 24 * 3600
BATCH = 500
unnamed = ["documents_orphans"]
"""SQL functions that return those of some keys which no row of their tables names; whoever stores files adds one."""


@app.task(name="documents.rescan", retry=RetryStrategy(max_attempts=8, exponential_wait=4))
def rescan(attachment_id: str, institution_id: int) -> None:
    """Scan a file whose upload met no scanner; running it twice changes nothing more."""
    with scope(system_actor("rescan", institution_id)):
        row = Attachment.objects.get(pk=attachment_id)
    found = scanning.scan(vault.read(row.storage_key))
    state = ScanState.INFECTED if found else ScanState.CLEAN
    with scope(system_actor("rescan", institution_id)):
        Attachment.objects.filter(pk=row.pk, scan_state=ScanState.UNSCANNED).update(scan_state=state)


@app.periodic(cron="17 3 * * *")
@app.task(name="documents.sweep", queueing_lock="documents.sweep", pass_context=False)
def sweep(timestamp: int) -> int:
    """Remove files older than a day that no row names: those of steps that were rolled back. Return how many."""
    swept, batch = 0, []
    for key in vault.keys_before(time.time() - DAY):
        batch.append(key)
        if len(batch) == BATCH:
            swept, batch = swept + _sweep(batch), []
    return swept + _sweep(batch)


def _sweep(keys: list[str]) -> int:
    with connection.cursor() as cursor:
        # Row security hides the rows from a job; functions of the owner say only which keys no row names.
        for function in unnamed:
            cursor.execute(f"select {function}(%s::text[])", [keys])
            keys = [row[0] for row in cursor.fetchall()]
    for key in keys:
        vault.discard(key)
    return len(keys)
