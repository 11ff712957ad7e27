"""Writing grounds: from the steps of a referral, and by hand for an encounter or a contract."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.domains.records.models import Ground, GroundKind
from yilian.domains.records.parameters import AFTER_CLOSING
from yilian.kernel import clock, rows
from yilian.kernel.access.actor import Actor
from yilian.kernel.audit import record as note
from yilian.kernel.registries.keys import uuid7
from yilian.kernel.rules.regulation import Decision
from yilian.kernel.rules.values import value_of
from yilian.kernel.workflow.models import Case

DECISION = Decision(
    "docs/adr/0080-a-document-is-read-on-a-ground-that-the-database-checks.md",
    gettext_lazy("病历调阅约定：须有转诊、就诊、签约、授权或紧急的依据，依据与访问同时记录"),
)
BY_HAND = (GroundKind.ENCOUNTER, GroundKind.CONTRACT)
GROUNDERS = ("doctor", "reception", "registrar")


def ground_by_case(case: Case, side: str, *, by: Actor) -> None:
    """Let the actor's institution read the patient's documents while it keeps this side of a case, and some days after.

    Once for each side: a step that is taken again changes nothing.
    """
    code = case.case_type.side(side).code
    if case.patient_id is None or (case.institution_of(side) != by.institution_id):
        return
    days = int(value_of(AFTER_CLOSING, by.institution_id, case.consortium_id))
    facts = {"case_id": case.pk, "side": code, "number": case.number, "days_after": days}
    rows.insert(_made(case.patient_id, GroundKind.REFERRAL, by, **facts), once=True)


def ground_by_hand(
    patient_id: UUID, kind: str, *, by: Actor, number: str, since: datetime, until: datetime | None
) -> Ground:
    """Record that the patient is treated by, or has a contract with, the actor's institution.

    Raises ValidationError by field: another kind, no number, a contract without an end, an end before the beginning.
    """
    faults: dict[str, list[str]] = {}
    if kind not in BY_HAND:
        faults["kind"] = [_("此处只登记就诊或签约")]
    if not number.strip():
        faults["number"] = [_("请填写门诊号、住院号或签约编号")]
    if since > clock.now():
        faults["since"] = [_("开始时间不能在将来")]
    if kind == GroundKind.CONTRACT and until is None:
        faults["until"] = [_("签约须有截止日期")]
    if until is not None and until <= since:
        faults["until"] = [_("结束应晚于开始")]
    if faults:
        raise ValidationError(faults)
    made = _insert(patient_id, GroundKind(kind), by=by, number=number.strip(), since=since, until=until)
    note(by, "grounded", object_kind="health_record", object_id=patient_id, ground=made.words)
    return made


def ground_by_emergency(case: Case, until: datetime, *, by: Actor) -> None:
    """Let the actor's institution read the patient's documents until a moment, on the ground of an emergency case."""
    assert case.patient_id is not None
    _insert(case.patient_id, GroundKind.BREAK_GLASS, by=by, case_id=case.pk, number=case.number, until=until)


def _insert(patient_id: UUID, kind: GroundKind, *, by: Actor, **facts: Any) -> Ground:
    made = _made(patient_id, kind, by, **facts)
    rows.insert(made)
    return made


def _made(patient_id: UUID, kind: GroundKind, by: Actor, **facts: Any) -> Ground:
    at = clock.now()
    return Ground(
        id=uuid7(at), patient_id=patient_id, institution_id=by.institution_id, kind=kind,
        recorded_in_id=by.institution_id, recorded_name=by.name, **{"since": at, **facts},
    )  # fmt: skip
