"""The door for other parts of the program, in the scope of whoever asks."""

from datetime import datetime

from yilian.domains.records import packing
from yilian.domains.records.models import Record
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.models import Case

MOST = 50


def pack_own(case: Case, *, since: datetime, by: Actor) -> int:
    """Choose the actor's own current documents of the case's patient since a moment as its package; return how many."""
    rows = Record.objects.of_patient(case.patient_id).current().filter(institution_id=by.institution_id)
    keys = list(rows.filter(effective_at__gte=since).values_list("pk", flat=True)[:MOST])
    packing.choose(case, keys, by=by)
    return len(keys)
