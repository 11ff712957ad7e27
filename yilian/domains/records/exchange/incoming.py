"""Taking a FHIR document in: whole or not at all, once, with its original kept byte for byte."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import connection
from django.utils.translation import gettext as _

from yilian.domains.records import issuing, reading
from yilian.domains.records.exchange import matching, outgoing
from yilian.domains.records.exchange.document import Document, Value
from yilian.domains.records.exchange.interpreting import ROOT, UnfitDocumentError, interpret
from yilian.domains.records.models import Received, Record
from yilian.domains.records.packing import carry_correction
from yilian.kernel import clock, rows
from yilian.kernel.access.actor import Actor
from yilian.kernel.documents import vault
from yilian.kernel.documents.refusal import FileDamagedError, FileRefused
from yilian.kernel.fhir.outcome import Issue
from yilian.kernel.fhir.parsing import parse
from yilian.registry.models import Patient

LONGEST, LONGEST_FLAG = 200, 2
LENGTHS = {"title": 200, "practitioner": 60, "department": 80, "number": 60}
LENGTHS_OF_VALUES = {"name": 100, "code": 40, "text": 200, "unit": 30}
PLACES = {
    "title": f"{ROOT}.title", "practitioner": f"{ROOT}.author", "department": f"{ROOT}.author",
    "number": f"{ROOT}.identifier.value", "effective_at": f"{ROOT}.date", "sections": f"{ROOT}.section",
    "observations": f"{ROOT}.section", "kind": f"{ROOT}.type",
}  # fmt: skip
LOCK = "select pg_advisory_xact_lock(hashtextextended(%s, 0))"


class SentOtherwiseError(ValueError):
    """The identifier has come before with another content; the text says what to do."""


@dataclass(frozen=True)
class Taken:
    """What became of a document: the record, whether it was made now, and what is kept in the original only."""

    record: Record
    is_new: bool
    left: list[Issue]


def take_in(content: bytes, *, by: Actor, patient: Patient | None = None) -> Taken:
    """Take in a document Bundle in the name of the actor's institution, about this patient if one is given.

    The same document again changes nothing. Raises UnreadableError, UnfitDocumentError with every fault,
    SentOtherwiseError, and FileRefused for a file that is not taken.
    """
    bundle = parse(content)
    document, left = interpret(bundle)
    system, value = bundle["identifier"]["system"], bundle["identifier"]["value"]
    _insist_short(document, system, value)
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [f"records.received/{by.institution_id}/{system}/{value}"])
    before = _before(system, value, bundle, by=by)
    if before:
        return before
    found = matching.patient_and_house(document, by=by)
    if patient and found.pk != patient.pk:
        raise UnfitDocumentError([Issue("invariant", _("文档写的是另一名患者"), f"{ROOT}.subject")])
    record = _issue(document, found, by=by)
    stored = vault.store([content])
    rows.insert(
        Received(
            record=record, institution_id=by.institution_id, system=system, value=value, sha256=stored.sha256,
            size=stored.size, storage_key=stored.key, received_at=clock.now(),
            left=[[issue.text, issue.expression] for issue in left],
        )
    )  # fmt: skip
    return Taken(record, True, left)


def open_original(pk: UUID, *, by: Actor) -> bytes:
    """Return the bytes a document arrived as, on the ground of the document; recorded.

    Raises RecordUnknown, also for a document that did not arrive, GroundEnded, and FileRefused for a damaged file.
    """
    opened = reading.open_record(pk, by=by, action="downloaded")
    row = Received.objects.filter(record=opened.record).first()
    if row is None:
        raise reading.RecordUnknown(str(pk))
    try:
        return vault.content(row.storage_key, row.sha256)
    except FileDamagedError as damage:
        raise FileRefused(_("文件与存入时不一致，已停止下载并记录。请联系系统管理员核查。")) from damage


def left_of(row: Received) -> list[Issue]:
    """Return what of a received document is kept in the original only."""
    return [Issue("not-supported", text, place, "warning") for text, place in row.left]


def _before(system: str, value: str, bundle: dict[str, Any], *, by: Actor) -> Taken | None:
    """Return the record that came of this document before; raises SentOtherwiseError if it said something else."""
    row = Received.objects.filter(institution_id=by.institution_id, system=system, value=value).first()
    if row:
        if parse(vault.content(row.storage_key, row.sha256)) != bundle:
            text = _("这个标识的文档已经收到，内容与这次不同；更正请用新的标识，并以 relatesTo（replaces）指明原文档")
            raise SentOtherwiseError(text)
        return Taken(row.record, False, left_of(row))
    if (key := outgoing.key_of(value)) and Record.objects.filter(pk=key, institution_id=by.institution_id).exists():
        text = _(
            "这是本机构在册文档的标识，不需要再存档；内容有改动的，请用新的标识，并以 relatesTo（replaces）指明原文档"
        )
        raise SentOtherwiseError(text)
    return None


def _issue(document: Document, patient: Patient, *, by: Actor) -> Record:
    facts = issuing.Facts(
        kind=document.kind, title=document.title, practitioner=document.practitioner, department=document.department,
        effective_at=document.effective_at, number=document.number, sections=dict(document.sections),
        observations=[_said(value) for value in document.values],
    )  # fmt: skip
    uploads = [ContentFile(file.content or b"", name=file.name) for file in document.files]
    try:
        if not document.replaces:
            return issuing.issue_record(facts, patient_id=patient.pk, by=by, uploads=uploads)
        old = _corrected(document, patient, by=by)
        made = issuing.correct_record(old, facts, by=by, uploads=uploads)
    except ValidationError as refused:
        raise UnfitDocumentError(_issues(refused)) from refused
    carry_correction(old, made, by=by)
    return made


def _corrected(document: Document, patient: Patient, *, by: Actor) -> Record:
    """Return the own document that this one replaces, by our name or by the one under which it arrived."""
    received = Received.objects.filter(institution_id=by.institution_id, value=document.replaces).first()
    old = received.record if received else _by_urn(document.replaces, by)
    if old is None or old.patient_id != patient.pk:
        text = _("没有找到被更正的文档：本机构没有这个标识的有效文档")
        raise UnfitDocumentError([Issue("not-found", text, f"{ROOT}.relatesTo[0].targetIdentifier")])
    return old


def _by_urn(value: str, by: Actor) -> Record | None:
    own = Record.objects.current().filter(institution_id=by.institution_id, pk=outgoing.key_of(value))
    return own.first()


def _said(value: Value) -> dict[str, Any]:
    said: dict[str, Any] = {"code": value.code, "name": value.name, "unit": value.unit, "low": value.low,
                            "high": value.high}  # fmt: skip
    said |= {"text": value.text} if value.number is None else {"value": value.number}
    return said | ({"flag": value.flag} if len(value.flag) <= LONGEST_FLAG else {})


def _insist_short(document: Document, system: str, value: str) -> None:
    """Refuse what the columns cannot hold: nothing is cut off."""
    measured = [(len(getattr(document, name)), most, PLACES[name]) for name, most in LENGTHS.items()]
    measured += [(len(text), LONGEST, "Bundle.identifier") for text in (system, value)]
    measured += [
        (len(getattr(one, name)), most, one.place)
        for one in document.values
        for name, most in LENGTHS_OF_VALUES.items()
    ]
    text = _("过长：{have} 字，最多 {most} 字")
    faults = [Issue("too-long", text.format(have=have, most=most), at) for have, most, at in measured if have > most]
    if faults:
        raise UnfitDocumentError(faults)


def _issues(refused: ValidationError) -> list[Issue]:
    """Return what the writer of documents refuses as issues at the places the facts came from."""
    named = refused.message_dict if hasattr(refused, "error_dict") else {"": refused.messages}
    return [Issue("business-rule", text, PLACES.get(name, ROOT)) for name, texts in named.items() for text in texts]
