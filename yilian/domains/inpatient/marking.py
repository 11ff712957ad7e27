"""Saying whether indications are met: a person or a report names them, nothing is computed (docs/adr/0091)."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from yilian.domains.inpatient.models import FitSpan, Mark, MarkSource, Stay
from yilian.kernel import audit, clock
from yilian.kernel.access.actor import Actor


def latest(stay: Stay, source: str = "") -> dict[int, Mark]:
    """Return the latest word on each indication of a stay (of one source alone), by the number of the indication."""
    rows = Mark.objects.filter(stay=stay, **({"source": source} if source else {}))
    rows = rows.order_by("indication_id", "-id").distinct("indication_id")
    return {row.indication_id: row for row in rows}


def mark_all(
    stay: Stay, met: Mapping[int, str], unmet: Mapping[int, str], *, by: Actor, source: MarkSource
) -> bool:  # fmt: skip
    """Write down which indications are met and which are not, each with its words; say whether anything is new.

    A report that repeats what it said before is no new word: a doctor who has said otherwise since is not overruled by
    it. A doctor's word is always a new one.
    """
    if not met and not unmet:
        return False
    before = latest(stay, source)
    said = [(key, text, True) for key, text in met.items()] + [(key, text, False) for key, text in unmet.items()]
    new = [
        Mark(stay=stay, indication_id=key, condition=text, is_met=is_met, source=source, said_name=by.name,
             said_at=clock.now())
        for key, text, is_met in said
        if source == MarkSource.DOCTOR or key not in before or before[key].is_met != is_met
    ]  # fmt: skip
    if new:
        Mark.objects.bulk_create(new)
        follow_marks(stay)
        audit.record(by, "named_indications", object_kind="stay", object_id=str(stay.pk))
    return bool(new)


def follow_marks(stay: Stay) -> None:
    """Let the patient be held fit from today while any indication is met, and no longer once none is."""
    is_fit = stay.is_here and any(mark.is_met for mark in latest(stay).values())
    if is_fit and stay.fit_since is None:
        stay.fit_since = clock.today()
        FitSpan.objects.create(stay=stay, institution_id=stay.institution_id, since_on=stay.fit_since)
        stay.save(update_fields=["fit_since"])
    elif not is_fit:
        hold_unfit(stay)


def hold_unfit(stay: Stay) -> None:
    """End the days that count, today or on the day of discharge."""
    if stay.fit_since is not None:
        last = max(stay.fit_since, stay.discharged_on or clock.today())
        FitSpan.objects.filter(stay=stay, until_on__isnull=True).update(until_on=last)
        stay.fit_since = None
        stay.save(update_fields=["fit_since"])


def end_with_the_stay(stay: Stay) -> None:
    """Who has gone home waits no longer."""
    if not stay.is_here:
        hold_unfit(stay)


def conditions_met(stay_ids: Iterable[UUID]) -> dict[UUID, list[str]]:
    """Return the words of the indications that are met, by stay, in one statement."""
    rows = Mark.objects.filter(stay__in=list(stay_ids)).order_by("stay_id", "indication_id", "-id")
    found: dict[UUID, list[str]] = {}
    for row in rows.distinct("stay_id", "indication_id"):
        if row.is_met:
            found.setdefault(row.stay_id, []).append(row.condition)
    return found
