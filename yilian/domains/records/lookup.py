"""The look-up behind questions for documents: those of the case's patient that the person's institution may read."""

from typing import Any
from uuid import UUID

from django.db.models import Q

from yilian.domains.records.models import Record
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.lookups import Found, Lookup, lookups
from yilian.kernel.workflow.models import Case

KEY, MOST = "patient-record", 20


def _found(row: Record) -> Found:
    day = f"{clock.local(row.effective_at):%Y-%m-%d}"
    return Found(str(row.pk), f"{row.title} {day}", f"{row.record_kind.title} {row.institution}")


def _search(actor: Actor, text: str, source: str, context: dict[str, str]) -> list[Found]:
    """Return current documents of the patient of the case that `context` names, newest first; none without a case."""
    case = _key(context.get("case"))
    patient = Case.objects.filter(pk=case).values_list("patient_id", flat=True).first() if case else None
    if patient is None:
        return []
    rows = Record.objects.of_patient(patient).current().select_related("institution").defer("sections")
    if text.strip():
        rows = rows.filter(Q(title__icontains=text.strip()) | Q(institution__name__contains=text.strip()))
    return [_found(row) for row in rows[:MOST]]


def _resolve(actor: Actor, value: Any, source: str) -> Found | None:
    key = _key(value)
    row = Record.objects.current().select_related("institution").filter(pk=key).first() if key else None
    return _found(row) if row else None


def _key(value: Any) -> UUID | None:
    try:
        return UUID(str(value))
    except ValueError:
        return None


lookups.add(Lookup(KEY, _search, _resolve))
