"""The door for other parts of the program, in the scope of whoever asks: the institution sees its own stays only."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Subquery

from yilian.domains.inpatient import deciding, marking
from yilian.domains.inpatient.matching import Suggestion, match
from yilian.domains.inpatient.models import Decision, DecisionKind, Stay
from yilian.domains.inpatient.models.stay import VITAL_SIGNS
from yilian.domains.inpatient.reasons import UNFIT
from yilian.domains.inpatient.reporting import READERS
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor

__all__ = ["DECIDERS", "READERS", "UNFIT", "VITAL_SIGNS", "Suggestion", "match"]
DECIDERS = deciding.DECIDERS


def fit_stays(institution_id: int, *, most: int, after: int = 0) -> list[dict[str, Any]]:
    """Return patients whom somebody holds fit to go down and of whom a doctor has yet to decide, the longest first.

    Left out are those of whom a referral is drafted and still open, and those put off to a day ahead.
    """
    rows = _waiting(institution_id).select_related("patient", "department").order_by("fit_since", "id")
    return [_line(row) for row in rows[after : after + most]]


def count_fit(institution_id: int) -> int:
    """Return how many patients wait for such a decision."""
    return _waiting(institution_id).count()


def drafted_stays(institution_id: int) -> list[dict[str, Any]]:
    """Return patients who are still here though a referral down is drafted or under way, with its number."""
    drafts = Decision.objects.filter(kind=DecisionKind.DRAFTED, case__open=True, stay__discharged_on__isnull=True)
    rows = drafts.filter(stay__institution_id=institution_id)
    rows = rows.select_related("stay__patient", "stay__department", "case", "place").order_by("stay__fit_since", "id")
    return [
        _line(row.stay) | {"case": row.case.number, "address": row.case.get_absolute_url(), "place": str(row.place)}
        for row in rows[:200]
    ]


def read_stay(stay_id: UUID, institution_id: int) -> dict[str, Any] | None:
    """Return a stay with its vital signs, what was said of its indications and what was decided; None for others'."""
    row = Stay.objects.select_related("patient", "department", "family_institution")
    found = row.filter(pk=stay_id, institution_id=institution_id).first()
    if found is None:
        return None
    case = deciding.drafted(found)
    return _line(found) | {
        "discharged_on": found.discharged_on, "attending_name": found.attending_name,
        "family_institution": str(found.family_institution or ""), "medicines": found.medicines,
        "observed_at": found.observed_at, "reported_at": found.reported_at, "reporter_name": found.reporter_name,
        "signs": [
            (Stay._meta.get_field(name).verbose_name, getattr(found, name))
            for name in VITAL_SIGNS if getattr(found, name) is not None
        ],
        "marks": {
            key: {"is_met": mark.is_met, "condition": mark.condition, "name": mark.said_name, "at": mark.said_at,
                  "source": mark.get_source_display()}
            for key, mark in marking.latest(found).items()
        },
        "decisions": [
            {"title": one.get_kind_display(), "reason": one.reason_name, "note": one.note, "until_on": one.until_on,
             "name": one.decided_name, "at": one.decided_at}
            for one in found.decisions.all()
        ],
        "case": case.number if case else "", "address": case.get_absolute_url() if case else "",
        "answers": {name: getattr(found, name) for name in VITAL_SIGNS if getattr(found, name) is not None},
    }  # fmt: skip


def say(stay_id: UUID, met: Mapping[int, str], unmet: Mapping[int, str], *, by: Actor) -> None:
    """Write down a doctor's word on indications, each with its words. Raises ValidationError."""
    deciding.mark(stay_id, dict(met), dict(unmet), by=by)


def hold_unfit(stay_id: UUID, *, reason: str, note: str, seen: int | None, by: Actor) -> None:
    """Decide that the patient is not fit to go down, with a reason of the list UNFIT. Raises ValidationError."""
    deciding.hold_unfit(stay_id, reason=reason, note=note, seen=seen, by=by)


def look_later(stay_id: UUID, *, until_on: date | None, note: str, seen: int | None, by: Actor) -> None:
    """Put the decision off to a day ahead. Raises ValidationError."""
    deciding.look_later(stay_id, until_on=until_on, note=note, seen=seen, by=by)


def claim(stay_id: UUID, seen: int | None, *, by: Actor) -> Stay:
    """Lock a stay to draft a referral for it. Raises ValidationError, StaleFactsError."""
    return deciding.locked(stay_id, by, seen)


note_draft = deciding.note_draft
conditions_met = marking.conditions_met


def _waiting(institution_id: int) -> Any:
    rows = Stay.objects.filter(institution_id=institution_id, discharged_on__isnull=True, fit_since__isnull=False)
    said = Decision.objects.filter(stay=OuterRef("pk"))
    drafts = said.filter(kind=DecisionKind.DRAFTED, case__open=True)
    latest = said.order_by("-id")
    rows = rows.annotate(last=Subquery(latest.values("kind")[:1]), later=Subquery(latest.values("until_on")[:1]))
    is_due = Q(last__isnull=True) | ~Q(last=DecisionKind.LATER) | Q(later__lte=clock.today())
    return rows.filter(~Exists(drafts), is_due)


def _line(row: Stay) -> dict[str, Any]:
    patient = row.patient
    return {
        "id": row.pk, "patient": patient.pk, "name": patient.name, "sex": patient.get_sex_display(),
        "birth_on": patient.birth_on, "number": row.admission_number, "department": row.department.name,
        "bed": row.bed, "diagnosis": row.diagnosis, "diagnosis_name": row.diagnosis_name,
        "admitted_on": row.admitted_on, "is_here": row.is_here, "fit_since": row.fit_since, "days_fit": row.days_fit,
        "version": row.version,
    }  # fmt: skip
