"""The cards of shared wards and rounds."""

from typing import Any

from yilian.domains.ward.models import SharedWard, WardNote, WardRound
from yilian.domains.ward.vocabulary import RoundState
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.pages.person_words import person_words

MOST = 12


def rounds_card(ward: SharedWard, actor: Actor) -> dict[str, Any] | None:
    """Return the rounds of a ward, the newest first, and how many of this month's promise were held or missed."""
    if ward.pk is None or ward.rounds_a_month is None:
        return None
    rows = list(WardRound.objects.filter(ward_case_id=ward.pk).order_by("-planned_at", "-pk")[: MOST + 1])
    first = clock.local(clock.now()).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    month = WardRound.objects.filter(ward_case_id=ward.pk, planned_at__gte=first)
    return {
        "rounds": rows[:MOST],
        "has_more": len(rows) > MOST,
        "held": month.filter(held_at__isnull=False).count(),
        "missed": month.filter(state=RoundState.MISSED).count(),
        "promised": ward.rounds_a_month,
    }


def notes_card(ward_round: WardRound, actor: Actor) -> dict[str, Any]:
    """Return the patients of a round by bed, with who they are where the reader may know it."""
    rows = WardNote.objects.filter(round_case_id=ward_round.pk).select_related("patient").order_by("bed", "pk")
    return {"notes": [(row, _who(row)) for row in rows]}


def _who(note: WardNote) -> str:
    patient: Any = note.patient
    return person_words(patient.name, patient.sex, patient.birth_on) if patient else ""
