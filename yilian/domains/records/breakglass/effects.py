"""What follows when the glass is broken."""

from datetime import datetime, time, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from yilian.domains.records.breakglass.clocks import next_working_day
from yilian.domains.records.grounds import ground_by_emergency
from yilian.domains.records.models import BreakGlass, BreakGlassState
from yilian.domains.records.parameters import EMERGENCY_HOURS
from yilian.kernel import clock
from yilian.kernel.rules.values import value_of
from yilian.kernel.workflow.moment import Moment
from yilian.registry.consortia import consortia_of


def break_glass(moment: Moment) -> None:
    """Open the patient's documents to the reader for some hours, and note who did it."""
    hours = int(value_of(EMERGENCY_HOURS, moment.actor.institution_id))
    until = moment.at + timedelta(hours=hours)
    ground_by_emergency(moment.case, until, by=moment.actor)
    moment.set(opened_until=until, opened_by=moment.actor.user_id)


def derived(case: BreakGlass) -> dict[str, Any]:
    """Return the day of the review, as long as the glass is whole; it is the next working day."""
    if case.state != BreakGlassState.DRAFT:
        return {}
    day = next_working_day(clock.today())
    return {"review_on": day, "review_from": timezone.make_aware(datetime.combine(day, time.min))}


def reviewers(case: BreakGlass, parties: dict[str, int]) -> dict[str, list[int]]:
    """Return who reviews: the patient's own institution, and the leads of the reader's consortia.

    Where there is neither, the reader's own house reviews; never the same person (`rules.reviewer_is_another`).
    """
    reader = parties["reader"]
    offices = sorted({consortium.lead_id for consortium in consortia_of(reader, clock.today()) if consortium.lead_id})
    home = _home(case, reader)
    return {"home": [home] if home else ([] if offices else [reader]), "office": offices}


def _home(case: BreakGlass, reader: int) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute("select records_home(%s::uuid, %s::int)", [case.patient_id, reader])
        return cursor.fetchone()[0]
