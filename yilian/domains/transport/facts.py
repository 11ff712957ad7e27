"""What rows say for the rules and cards of transports. Everything is read in the scope of whoever acts."""

from typing import Any

from django.db import connection

from yilian.domains.transport import parameters
from yilian.domains.transport.models import Journey
from yilian.domains.transport.vocabulary import BETWEEN, TRAVELS
from yilian.kernel import clock, rows
from yilian.kernel.rules.values import value_of
from yilian.kernel.workflow.case_type import case_types
from yilian.kernel.workflow.models import Case

ACCEPTED = ("accepted", "time_proposed", "scheduled", "no_show", "arrived")
HOLD = """select 1 from transport_journey j join case_file c on c.id = j.case_ptr_id where c.id = %s
  for no key update skip locked"""
"""Both rows, as a step locks them: whoever has one of them already has the transport."""
OF_REFERRAL = "referral_case_id = %s order by case_ptr_id desc limit 5"


def journeys_of(referral: Case) -> list[Journey]:
    """Return the transports of a referral, the newest first; asks nothing when it never had one."""
    if not referral.flags & TRAVELS:
        return []
    known: dict[str, Any] = referral.__dict__.setdefault("_known", {})
    if "journeys" not in known:
        known["journeys"] = rows.where(Journey, OF_REFERRAL, [referral.pk])
    return known["journeys"]


def open_journey(referral: Case) -> Journey | None:
    """Return the transport of a referral that has not ended, or None."""
    return next((journey for journey in journeys_of(referral) if journey.open), None)


def on_the_road(referral: Case) -> Journey | None:
    """Return the transport in which the patient is between the hospitals now, or None."""
    journey = open_journey(referral)
    return journey if journey is not None and journey.state in BETWEEN else None


def hold_referral_of(transport: Journey) -> Any:
    """Lock the referral and return it with the columns of its own type; None where it is out of sight."""
    thin = Case.objects.filter(pk=transport.referral_case_id).first()
    return rows.lock(case_types[thin.kind].model, thin.pk) if thin else None


def hold(transport: Journey) -> bool:
    """Lock a transport unless somebody else has it in hand; say whether it is locked.

    Signing locks the transport and then the referral. Who has the referral already never waits for the transport:
    two who wait for each other would both fail.
    """
    with connection.cursor() as cursor:
        cursor.execute(HOLD, [transport.pk])
        return cursor.fetchone() is not None


def state_of_referral(transport: Journey) -> str:
    """Return the state of the referral, "" where it is out of sight."""
    found = Case.objects.filter(pk=transport.referral_case_id).values_list("state", flat=True).first()
    return found or ""


def check_binds(institution_id: int | None) -> bool:
    """Say whether the institution wants every item of the check ticked or explained."""
    return bool(value_of(parameters.CHECK_BINDS, institution_id))


def now() -> Any:
    return clock.now()
