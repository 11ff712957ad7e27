"""From a plain document to a FHIR R4 document Bundle; sections stand in the order of their standard."""

from base64 import b64encode
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha1
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from yilian.domains.records.exchange import codes, people, values
from yilian.domains.records.exchange.document import Attached, Document
from yilian.domains.records.kinds import RecordKind, record_kinds
from yilian.kernel.fhir.narrative import narrative

Resource = dict[str, Any]
ATTACHMENTS = "attachments"


def compose(document: Document, *, at: datetime) -> Resource:
    """Return the Bundle of a document, written at this moment (aware). Names inside it are the same every time."""
    bundle = _Bundle(document)
    bundle.add("composition", {})
    patient, house = (
        bundle.add("patient", people.patient(document.patient)),
        bundle.add("house", people.house(document)),
    )
    author = _author(bundle, house)
    kind = record_kinds[document.kind]
    sections = list(_sections(bundle, kind, patient, house))
    said = {"subject": patient, "author": [author], "custodian": house} | ({"section": sections} if sections else {})
    bundle.entries[0]["resource"] = _composition(document, kind) | said
    return {
        "resourceType": "Bundle",
        "id": document.identifier.removeprefix("urn:uuid:"),
        "language": "zh-CN",
        "identifier": {"system": codes.URI, "value": document.identifier},
        "type": "document",
        "timestamp": at.isoformat(timespec="seconds"),
        "entry": bundle.entries,
    }


class _Bundle:
    """Entries in order, each under a name that follows from the document's."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.entries: list[Resource] = []

    def add(self, name: str, resource: Resource) -> Resource:
        """Put a resource in and return a reference to it."""
        url = f"urn:uuid:{uuid5(NAMESPACE_URL, f'{self.document.identifier}/{name}')}"
        self.entries.append({"fullUrl": url, "resource": resource})
        return {"reference": url}


def _composition(document: Document, kind: RecordKind) -> Resource:
    loinc = codes.LOINC_OF_KINDS.get(kind.key)
    types = [codes.coding(codes.KIND, kind.key, str(kind.title))]
    system, number = (codes.NUMBER, document.number) if document.number else (codes.URI, document.identifier)
    said: Resource = {
        "resourceType": "Composition",
        "language": "zh-CN",
        "identifier": {"system": system, "value": number},
        "status": document.status,
        "type": {"coding": types + ([codes.coding(codes.LOINC, loinc)] if loinc else []), "text": str(kind.title)},
        "date": document.issued_at.isoformat(timespec="seconds"),
        "title": document.title,
        "confidentiality": "N",
        "event": [{"period": {"start": document.effective_at.isoformat()}}],
    }
    if kind.category:
        said["category"] = [{"coding": [codes.coding(codes.CATEGORY, kind.category, str(kind.title))]}]
    if document.replaces:
        target = {"system": codes.URI, "value": document.replaces}
        said["relatesTo"] = [{"code": "replaces", "targetIdentifier": target}]
    return said


def _author(bundle: _Bundle, house: Resource) -> Resource:
    document = bundle.document
    place = bundle.add("department", people.department(document, house)) if document.department else house
    person = bundle.add("practitioner", people.practitioner(document))
    role = {"resourceType": "PractitionerRole", "practitioner": person, "organization": place}
    return bundle.add("author", role) | {"display": document.practitioner}


def _sections(bundle: _Bundle, kind: RecordKind, patient: Resource, house: Resource) -> Iterator[Resource]:
    document, texts = bundle.document, dict(bundle.document.sections)
    of_values = codes.section_of_values(kind)
    for section in kind.sections:
        loinc = [codes.coding(codes.LOINC, section.loinc)] if section.loinc else []
        known = [*loinc, codes.coding(codes.SECTION, section.key, str(section.title))]
        written: Resource = {"title": str(section.title), "code": {"coding": known, "text": str(section.title)}}
        if text := texts.get(section.key):
            written["text"] = narrative(text)
        if section is of_values and document.values:
            rows = enumerate(document.values, 1)
            written["entry"] = [
                bundle.add(f"value/{seq}", values.observation(row, document, patient, house)) for seq, row in rows
            ]
        if "text" in written or "entry" in written:
            yield written
    if document.files:
        named = {"coding": [codes.coding(codes.SECTION, ATTACHMENTS, "附件")], "text": "附件"}
        rows = [_file(bundle, seq, file, patient) for seq, file in enumerate(document.files, 1)]
        yield {"title": "附件", "code": named, "entry": rows}


def _file(bundle: _Bundle, seq: int, file: Attached, patient: Resource) -> Resource:
    """Add a file: its bytes as Binary, what it is as DocumentReference; R4 wants SHA-1, and SHA-256 names it."""
    held: Resource = {"contentType": file.content_type, "title": file.name, "size": file.size, "url": file.url}
    if file.content is not None:
        binary = {"resourceType": "Binary", "contentType": file.content_type, "data": b64encode(file.content).decode()}
        held["url"] = bundle.add(f"file/{seq}/content", binary)["reference"]
        held["hash"] = b64encode(sha1(file.content, usedforsecurity=False).digest()).decode()
    said = {
        "resourceType": "DocumentReference",
        "masterIdentifier": {"system": codes.URI, "value": codes.sha256_uri(file.sha256)},
        "status": "current",
        "subject": patient,
        "content": [{"attachment": {name: value for name, value in held.items() if value not in ("", None)}}],
    }
    return bundle.add(f"file/{seq}", said)
