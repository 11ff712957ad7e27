"""What a doctor decides about a patient who could go down: draft it, not fit and why, or look again later."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from yilian.domains.inpatient import marking, reasons
from yilian.domains.inpatient.models import Decision, DecisionKind, MarkSource, Stay
from yilian.kernel import audit, clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.rules.reasons import reason as coded
from yilian.kernel.workflow.models import Case
from yilian.kernel.workflow.refusals import StaleFactsError

DECIDERS = ("doctor",)


def mark(stay_id: UUID, met: dict[int, str], unmet: dict[int, str], *, by: Actor) -> Stay:
    """Write down a doctor's word on indications; raises ValidationError."""
    with transaction.atomic():
        stay = locked(stay_id, by)
        marking.mark_all(stay, met, unmet, by=by, source=MarkSource.DOCTOR)
    return stay


def hold_unfit(stay_id: UUID, *, reason: str, note: str = "", seen: int | None = None, by: Actor) -> Decision:
    """Decide that the patient is not fit to go down, and why: the days stop counting. Raises ValidationError."""
    found = coded(reasons.UNFIT, reason) if reason else None
    if found is None:
        raise ValidationError({"reason": [_("请选择原因")]})
    if found.comment_required and not note.strip():
        raise ValidationError({"note": [_("选择“{reason}”须填写说明").format(reason=found.title)]})
    with transaction.atomic():
        stay = locked(stay_id, by, seen)
        marking.hold_unfit(stay)
        return _decide(stay, DecisionKind.UNFIT, by, reason=reason, reason_name=str(found.title)[:120], note=note[:500])


def look_later(stay_id: UUID, *, until_on: date | None, note: str = "", seen: int | None = None, by: Actor) -> Decision:
    """Put the decision off to a day; the days go on counting. Raises ValidationError."""
    if until_on is None or until_on <= clock.today():
        raise ValidationError({"until_on": [_("请填写今天之后的日期")]})
    with transaction.atomic():
        stay = locked(stay_id, by, seen)
        return _decide(stay, DecisionKind.LATER, by, until_on=until_on, note=note[:500])


def note_draft(stay: Stay, case: Case, place_id: int, *, by: Actor) -> Decision:
    """Keep that a referral down was drafted; the days go on counting until the patient has left."""
    return _decide(stay, DecisionKind.DRAFTED, by, case=case, place_id=place_id)


def drafted(stay: Stay) -> Case | None:
    """Return the referral that was drafted for the stay and is still open, if there is one."""
    rows = Decision.objects.filter(stay=stay, kind=DecisionKind.DRAFTED, case__open=True).select_related("case")
    found = rows.first()
    return found.case if found else None


def locked(stay_id: UUID, by: Actor, seen: int | None = None) -> Stay:
    """Return a stay of the acting institution, locked, that is not over and is as it was seen.

    Raises ValidationError, StaleFactsError.
    """
    rows = Stay.objects.select_for_update(of=("self",)).select_related("patient", "department")
    stay = rows.filter(pk=stay_id, institution_id=by.institution_id).first()
    if stay is None or not stay.is_here:
        raise ValidationError(_("患者已出院，不再办理下转。"))
    if seen is not None and seen != stay.version:
        raise StaleFactsError({"version": [_("住院信息已更新，请查看后重新办理。")]})
    return stay


def _decide(stay: Stay, kind: DecisionKind, by: Actor, **said: Any) -> Decision:
    if (case := drafted(stay)) is not None:
        raise ValidationError(_("已拟下转单 {number}，请在该单上继续办理或作废。").format(number=case.number))
    row = Decision.objects.create(stay=stay, kind=kind, decided_name=by.name, decided_at=clock.now(), **said)
    Stay.objects.filter(pk=stay.pk).update(version=stay.version + 1)
    audit.record(by, "decided_return", object_kind="stay", object_id=str(stay.pk), detail={"kind": str(kind)})
    return row
