"""Writing documents: issued once, corrected by a new version, marked when entered in error; nothing is changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from yilian.domains.records import files
from yilian.domains.records.canonical import digest
from yilian.domains.records.kinds import RecordKind, record_kinds
from yilian.domains.records.models import Observation, Record, RecordFile, RecordStatus
from yilian.kernel import clock, rows
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.scope import part
from yilian.kernel.audit import record as note
from yilian.kernel.registries.keys import uuid7

WRITERS = ("doctor", "reception", "registrar")


@dataclass(frozen=True)
class Facts:
    """What a document says. `sections` maps section keys to texts; `observations` are dictionaries with code, name,
    value (a number or a text; or `text`, which is no number whatever it looks like), unit (UCUM), low, high, flag."""

    kind: str
    title: str
    practitioner: str
    effective_at: datetime
    sections: Mapping[str, str]
    department: str = ""
    number: str = ""
    observations: Sequence[Mapping[str, Any]] = ()


def issue_record(
    facts: Facts, *, patient_id: UUID, by: Actor, uploads: Sequence[File] = (), case_id: UUID | None = None
) -> Record:
    """Issue a document in the name of the actor's institution.

    Raises ValidationError by field for what is missing, in the future or of no such kind, and FileRefused.
    """
    return _write(facts, patient_id=patient_id, by=by, uploads=uploads, case_id=case_id, replaces=None)


@transaction.atomic
def correct_record(old: Record, facts: Facts, *, by: Actor, uploads: Sequence[File] = ()) -> Record:
    """Issue the corrected version of a document; the old one stays, marked, and says which replaced it.

    Raises ValidationError for a document of another institution, another kind, or one that is no longer current.
    """
    _insist_own(old, by)
    if facts.kind != old.kind:
        raise ValidationError({"kind": [_("更正不改变文档类型；类型写错请标为误录后重新存档")]})
    Record.objects.filter(pk=old.pk).update(status=RecordStatus.SUPERSEDED)
    return _write(facts, patient_id=old.patient_id, by=by, uploads=uploads, case_id=old.case_id, replaces=old)


def mark_error(record: Record, *, by: Actor, reason: str) -> None:
    """Mark a document as entered in error; it stays, struck through. Raises ValidationError without a reason."""
    _insist_own(record, by)
    if not reason.strip():
        raise ValidationError({"reason": [_("请写明误录情况")]})
    Record.objects.filter(pk=record.pk).update(
        status=RecordStatus.ENTERED_IN_ERROR, error_reason=reason.strip()[:300], error_name=by.name,
        error_at=clock.now(),
    )  # fmt: skip
    detail = {"patient": str(record.patient_id)}
    note(by, "marked_error", object_kind="record", object_id=record.pk, ground=reason, detail=detail)


def _insist_own(record: Record, by: Actor) -> None:
    if record.institution_id != by.institution_id:
        raise ValidationError(_("只有书写该文档的机构可以更正或标为误录，请与其联系"))
    if record.status != RecordStatus.CURRENT:
        raise ValidationError(_("该文档已不是有效版本，请在最新版本上办理"))


def _write(
    facts: Facts, *, patient_id: UUID, by: Actor, uploads: Sequence[File], case_id: UUID | None, replaces: Record | None
) -> Record:
    kind, at = _checked(facts), clock.now()
    record = Record(
        id=uuid7(at), patient_id=patient_id, kind=kind.key, title=facts.title.strip() or str(kind.title),
        institution_id=by.institution_id, department=facts.department.strip(), practitioner=facts.practitioner.strip(),
        effective_at=facts.effective_at.replace(microsecond=0), number=facts.number.strip(), case_id=case_id,
        sections=_ordered(kind, facts.sections), replaces=replaces, issued_at=at, issued_by_id=by.user_id,
        issued_name=by.name,
    )  # fmt: skip
    values = [observation(record, seq, one) for seq, one in enumerate(facts.observations, 1)]
    if not record.sections and not values and not uploads:
        raise ValidationError(_("请至少填写一个章节、一项结果或上传一个附件"))
    with part():
        kept = files.keep_all(uploads, by=by)
        record.sha256 = digest(record, values, [one.stored.sha256 for one in kept])
        _insert(record)
        if values:
            rows.insert(*values)
        if kept:
            rows.insert(*(_file(record, one) for one in kept))
        detail = {"patient": str(patient_id), "title": record.title}
        note(by, "issued_record", object_kind="record", object_id=record.pk, detail=detail)
    return record


def _insert(record: Record) -> None:
    if not record.number:
        rows.insert(record)
        return
    try:
        with part():
            rows.insert(record)
    except IntegrityError as error:
        if "record_number" not in str(error):
            raise
        text = _("本机构已有同类型、同编号的有效文档；内容有变请在原文档上更正")
        raise ValidationError({"number": [text]}) from error


def _checked(facts: Facts) -> RecordKind:
    kind = record_kinds.get(facts.kind)
    if kind is None:
        raise ValidationError({"kind": [_("没有这种文档类型")]})
    faults: dict[str, list[str]] = {}
    if facts.effective_at > clock.now():
        faults["effective_at"] = [_("诊疗时间不能在将来")]
    if not facts.practitioner.strip():
        faults["practitioner"] = [_("请填写书写人")]
    for key in facts.sections:
        if kind.section(key) is None:
            faults["sections"] = [_("「{kind}」没有章节 {key}").format(kind=kind.title, key=key)]
    if facts.observations and not kind.has_observations:
        faults["observations"] = [_("「{kind}」不含检验值，请写入章节").format(kind=kind.title)]
    if faults:
        raise ValidationError(faults)
    return kind


def _ordered(kind: RecordKind, texts: Mapping[str, str]) -> list[dict[str, str]]:
    written = ((section.key, (texts.get(section.key) or "").strip()) for section in kind.sections)
    return [{"key": key, "text": text} for key, text in written if text]


def observation(record: Record, seq: int, said: Mapping[str, Any]) -> Observation:
    """Return a value of a document; out of its range it is flagged H or L. Raises ValidationError without a name."""
    if not str(said.get("name") or "").strip():
        raise ValidationError({"observations": [_("第 {seq} 项没有项目名称").format(seq=seq)]})
    raw = said.get("text") or said.get("value")
    number = None if said.get("text") else _number(raw)
    low, high = _number(said.get("low")), _number(said.get("high"))
    text = "" if number is not None else str(raw or "")[:200]
    return Observation(
        record=record, seq=seq, code=str(said.get("code") or "")[:40], name=str(said["name"]).strip()[:100],
        number=number, text=text, unit=str(said.get("unit") or "")[:30], low=low, high=high,
        flag=str(said.get("flag") or _flag(number, low, high))[:2],
    )  # fmt: skip


def _number(raw: Any) -> Decimal | None:
    try:
        number = Decimal(str(raw).strip()) if raw not in (None, "") else None
    except ArithmeticError:
        return None
    if number is None or not number.is_finite() or abs(number) >= 10**12:
        return None
    return number.quantize(Decimal("0.0001"))


def _flag(number: Decimal | None, low: Decimal | None, high: Decimal | None) -> str:
    if number is None:
        return ""
    if low is not None and number < low:
        return "L"
    return "H" if high is not None and number > high else ""


def _file(record: Record, kept: files.Kept) -> RecordFile:
    return RecordFile(
        id=uuid7(record.issued_at), record=record, file_name=kept.name, content_type=kept.content_type,
        size=kept.stored.size, sha256=kept.stored.sha256, storage_key=kept.stored.key,
    )  # fmt: skip
