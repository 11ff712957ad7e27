"""Letting a document go out as FHIR: on the very ground on which it is read, written down in the same call."""

from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from yilian.domains.records import files, reading
from yilian.domains.records.exchange.composing import compose
from yilian.domains.records.exchange.document import Attached, Document, House, Person, Value
from yilian.domains.records.models import Record, RecordFile, RecordStatus
from yilian.domains.records.reading import Opened
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.registry.lookups import REGISTERERS
from yilian.registry.models import Institution, Patient
from yilian.registry.patients.revealing import reveal_numbers

EMBEDDED_MOST = 3 * 1024 * 1024
"""Files of more than this together are named and not embedded: a receiver takes bodies of five megabytes."""


class NotForExportError(ValueError):
    """This version must not leave: it was corrected; the text says so."""


def export(pk: UUID, *, by: Actor) -> dict[str, Any]:
    """Return the document Bundle of a record; what went out, to whom and on what ground is recorded.

    Raises RecordUnknown, GroundEnded, NotForExportError and FileRefused for a damaged file.
    """
    opened = reading.open_record(pk, by=by, action="exported")
    if opened.record.status == RecordStatus.SUPERSEDED:
        raise NotForExportError(_("此文档已被更正，请导出更正后的版本"))
    with translation.override("zh-hans"):
        return compose(document_of(opened, by=by), at=clock.now())


def document_of(opened: Opened, *, by: Actor) -> Document:
    """Return a record that may be read as a plain document; numbers and files go along on record."""
    record = opened.record
    is_wrong, place = record.status == RecordStatus.ENTERED_IN_ERROR, record.institution
    return Document(
        identifier=urn(record.pk),
        kind=record.kind,
        title=record.title,
        patient=_person(record.patient, by=by, ground=opened.ground),
        house=house_of(place),
        practitioner=record.practitioner,
        department=record.department,
        effective_at=clock.local(record.effective_at),
        issued_at=clock.local(record.issued_at),
        number=record.number,
        status="entered-in-error" if is_wrong else "amended" if record.replaces_id else "final",
        sections=tuple((one["key"], one["text"]) for one in record.sections),
        values=tuple(
            Value(row.name, row.code, row.number, row.text, row.unit, row.low, row.high, row.flag)
            for row in record.observations.all()
        ),
        files=tuple(_attached(record, by=by, ground=opened.ground)),
        replaces=urn(record.replaces_id) if record.replaces_id else "",
    )


def house_of(place: Institution) -> House:
    """Return an institution with the numbers by which others know it."""
    return House(place.name, place.unified_code or "", place.licence_number or "")


def urn(key: UUID | None) -> str:
    """Return a key as the URI it is elsewhere."""
    return f"urn:uuid:{key}"


def key_of(uri: str) -> UUID | None:
    """Return the key that such a URI names; None for any other."""
    try:
        return UUID(uri.removeprefix("urn:uuid:")) if uri.startswith("urn:uuid:") else None
    except ValueError:
        return None


def _person(patient: Patient, *, by: Actor, ground: str) -> Person:
    """Return the patient; identity numbers only for those who may see them in full, which is recorded."""
    numbers = reveal_numbers(patient, by=by, ground=ground) if by.may(*REGISTERERS) else ()
    return Person(patient.name, patient.sex, patient.birth_on, patient.pk, tuple(numbers))


def _attached(record: Record, *, by: Actor, ground: str) -> list[Attached]:
    rows = list(record.files.all())
    is_small = sum(row.size for row in rows) <= EMBEDDED_MOST
    return [_file(row, files.hand_out(row, by=by, ground=ground) if is_small else None) for row in rows]


def _file(row: RecordFile, content: bytes | None) -> Attached:
    url = "" if content is not None else f"/api/v1/records/files/{row.pk}"
    return Attached(row.file_name, row.content_type, row.size, row.sha256, content, url)
