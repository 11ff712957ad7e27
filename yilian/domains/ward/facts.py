"""What rows say for the rules of shared wards. Everything is read in the scope of whoever acts."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from yilian.domains.ward import parameters
from yilian.domains.ward.models import SharedWard, WardNote, WardRound
from yilian.domains.ward.vocabulary import NoteState, RoundState, WardState
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.rules.values import value_of
from yilian.registry import known
from yilian.registry.consortia import shared_consortia
from yilian.registry.models import Practitioner

OFFICE = "office"


def now() -> datetime:
    return clock.now()


def day_of(moment: datetime) -> date:
    return clock.local(moment).date()


def today() -> date:
    return clock.today()


def consortium_of(case: Any) -> int | None:
    """Return the consortium to which both institutions belong today, or None."""
    if not case.host_id or not case.visitor_id:
        return None
    return next((one.pk for one in shared_consortia(case.host_id, case.visitor_id, clock.today())), None)


def offices_over(case: Any, taking_part: Mapping[str, int]) -> dict[str, list[int]]:
    """Return the leads of the consortia that both belong to, unless they take part themselves."""
    if not case.host_id or not case.visitor_id:
        return {OFFICE: []}
    leads = {one.lead_id for one in shared_consortia(case.host_id, case.visitor_id, clock.today())}
    return {OFFICE: sorted(leads - set(taking_part.values()))}


def institution_of_practitioner(pk: int) -> int | None:
    return Practitioner.objects.filter(pk=pk).values_list("institution_id", flat=True).first()


def department_institution(pk: int) -> int | None:
    row = known.department(pk)
    return row.institution_id if row else None


def ward_of(ward_round: WardRound) -> SharedWard | None:
    return SharedWard.objects.filter(pk=ward_round.ward_case_id).first()


def is_noted(ward_round: WardRound, patient_id: Any) -> bool:
    """Say whether the patient is on the list of this round already, be it under a row that was merged into this one."""
    return WardNote.objects.filter(round_case_id=ward_round.pk, patient_id=patient_id).exists()


def open_notes(ward_round: WardRound) -> list[str]:
    """Return the beds of the patients of a round of whom nobody has written yet."""
    rows = WardNote.objects.filter(round_case_id=ward_round.pk, state=NoteState.TO_SEE).order_by("bed")
    return [row.bed or row.number for row in rows]


def count_notes(ward_round: WardRound) -> int:
    return WardNote.objects.filter(round_case_id=ward_round.pk, state=NoteState.WRITTEN).count()


def open_rounds(ward: SharedWard) -> list[str]:
    """Return the numbers of the rounds of a ward that lie ahead."""
    ahead = (RoundState.PLANNED, RoundState.CALLED, RoundState.HELD)
    rows = WardRound.objects.filter(ward_case_id=ward.pk, state__in=ahead).order_by("pk")
    return list(rows.values_list("number", flat=True))


def is_in_force(ward: SharedWard, day: date) -> bool:
    since, until = ward.since_on, ward.until_on
    return ward.state == WardState.IN_FORCE and (since is None or since <= day) and (until is None or day <= until)


def rounds_promised(actor: Actor) -> int:
    """Return how many rounds a month a new shared ward promises."""
    return int(value_of(parameters.ROUNDS, actor.institution_id))
