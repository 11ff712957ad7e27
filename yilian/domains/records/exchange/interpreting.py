"""From a document Bundle to a plain document: what is understood, what is at fault, what stays in the original only."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.timezone import is_naive, make_aware
from django.utils.translation import gettext as _

from yilian.domains.records.exchange import codes, files, people, values
from yilian.domains.records.exchange.document import Document, House, Value
from yilian.domains.records.kinds import RecordKind
from yilian.kernel.fhir.bundle import DocumentBundle, Found, document_faults
from yilian.kernel.fhir.narrative import text_of
from yilian.kernel.fhir.outcome import Issue

Resource = dict[str, Any]
ROOT = "Bundle.entry[0].resource"
TAKEN_STATUSES = ("final", "amended")
MOST_LEVELS = 5


@dataclass
class Reading:
    """What was found in a Bundle so far. `left` names what is kept in the original only."""

    bundle: DocumentBundle
    faults: list[Issue] = field(default_factory=list)
    left: list[Issue] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    patient: Found | None = None

    def fault(self, code: str, text: str, place: str) -> None:
        self.faults.append(Issue(code, text, place))

    def leave(self, text: str, place: str) -> None:
        self.left.append(Issue("not-supported", text, place, "warning"))

    def named(self, reference: Any, within: Resource) -> Found | None:
        """Return what a reference names and remember that it was read."""
        found = self.bundle.named(reference, within)
        if found:
            self.used.add(found.place)
        return found

    def insist_same_patient(self, found: Found) -> None:
        """Refuse a resource about somebody else; one that names nobody is about the patient of the document."""
        about = found.resource.get("subject", {})
        whose = self.bundle.named(about, found.resource)
        if "reference" in about and self.patient and (whose is None or whose.place != self.patient.place):
            text = _("{kind} 属于另一名患者，或所指的患者不在文档内").format(kind=found.type)
            self.fault("invariant", text, f"{found.place}.subject")


class UnfitDocumentError(ValueError):
    """A Bundle cannot be taken in; `issues` are all its faults."""

    def __init__(self, issues: list[Issue]) -> None:
        super().__init__("\n".join(issue.text for issue in issues))
        self.issues = issues


def interpret(resource: Resource) -> tuple[Document, list[Issue]]:
    """Return the document a Bundle holds, and what of it is kept in the original only, as warnings.

    Raises UnfitDocumentError with every fault of its shape, or else every fault of its content.
    """
    if faults := document_faults(resource):
        raise UnfitDocumentError(faults)
    reading = Reading(DocumentBundle(resource))
    reading.used.add(ROOT)
    kind = _kind(reading)
    found = _document(reading, kind) if kind else None
    if reading.faults or found is None:
        raise UnfitDocumentError(reading.faults)
    for entry in reading.bundle.entries:
        if entry.place not in reading.used:
            reading.leave(_("{kind} 未读入，保留在原文").format(kind=entry.type[:60]), entry.place)
    return found, reading.left


def _kind(reading: Reading) -> RecordKind | None:
    composition = reading.bundle.composition.resource
    kind = codes.kind_of(composition)
    if kind is None:
        text = _("不认识的文档类型；请以 {system} 的代码或 LOINC 写明").format(system=codes.KIND)
        reading.fault("code-invalid", text, f"{ROOT}.type")
    if composition["status"] not in TAKEN_STATUSES:
        reading.fault("business-rule", _("只接收定稿的文档（final 或 amended）"), f"{ROOT}.status")
    return kind


def _document(reading: Reading, kind: RecordKind) -> Document:
    bundle, composition = reading.bundle.bundle, reading.bundle.composition.resource
    reading.patient = patient = reading.named(composition.get("subject"), composition)
    if patient is None or patient.type != "Patient":
        reading.fault("required", _("请在文档内写明患者（Patient）"), f"{ROOT}.subject")
    practitioner, department, house = _authors(reading, composition)
    identifier = composition.get("identifier", {})
    return Document(
        identifier=bundle["identifier"]["value"],
        kind=kind.key,
        title=composition["title"].strip(),
        patient=people.person_of(patient.resource if patient else {}, patient.place if patient else ""),
        house=house,
        practitioner=practitioner,
        department=department,
        effective_at=_effective(reading, composition),
        issued_at=_moment(composition["date"]) or _moment(bundle["timestamp"]) or datetime.max,
        number=identifier.get("value", "") if identifier.get("system") != codes.URI else "",
        status=composition["status"],
        sections=tuple(_sections(reading, kind, composition)),
        values=tuple(_values(reading, kind)),
        files=tuple(files.attached(reading)),
        replaces=_replaced(reading, composition),
    )


def _authors(reading: Reading, composition: Resource) -> tuple[str, str, House]:
    """Return who wrote it, in which department, and the institution; a custodian speaks where no author does."""
    person = department = ""
    house: House | None = None
    for reference in composition["author"]:
        found = reading.named(reference, composition)
        name, place = _author(reading, found, reference)
        whole, part = _whole(reading, place)
        person, department = person or name, department or part
        house = house or (people.house_of(whole.resource) if whole else None)
    keeper = reading.named(composition.get("custodian"), composition)
    house = house or (people.house_of(keeper.resource) if keeper else House())
    if not person:
        reading.fault("required", _("请写明书写人：Practitioner 的姓名"), f"{ROOT}.author")
    if not (house.unified_code or house.licence_number):
        text = _("请写明书写机构：Organization.identifier 中的统一社会信用代码（{system}）")
        reading.fault("required", text.format(system=codes.UNIFIED_CODE), f"{ROOT}.author")
    return person, department, house


def _whole(reading: Reading, place: Found | None) -> tuple[Found | None, str]:
    """Return the institution that a place is a part of, and what the part is called; circles end somewhere."""
    part = ""
    for _level in range(MOST_LEVELS):
        if place is None or not place.resource.get("partOf"):
            break
        part = part or place.resource.get("name", "").strip()
        place = reading.named(place.resource["partOf"], place.resource)
    return place, part


def _author(reading: Reading, found: Found | None, reference: Resource) -> tuple[str, Found | None]:
    if found is None:
        return str(reference.get("display", "")).strip(), None
    if found.type == "Organization":
        return "", found
    if found.type == "Practitioner":
        return people.name_of(found.resource), None
    if found.type != "PractitionerRole":
        return "", None
    person = reading.named(found.resource.get("practitioner"), found.resource)
    name = people.name_of(person.resource) if person else found.resource.get("practitioner", {}).get("display", "")
    return name.strip(), reading.named(found.resource.get("organization"), found.resource)


def _effective(reading: Reading, composition: Resource) -> datetime:
    given = [event["period"]["start"] for event in composition.get("event", ()) if event.get("period", {}).get("start")]
    text = given[0] if given else composition["date"]
    place = f"{ROOT}.event[0].period.start" if given else f"{ROOT}.date"
    at = _moment(text)
    if at is None:
        reading.fault("value", _("诊疗时间须精确到日"), place)
        return datetime.max
    if "T" not in text:
        reading.leave(_("诊疗时间只有日期，按当日零时存档"), place)
    return at


def _sections(reading: Reading, kind: RecordKind, composition: Resource) -> Iterator[tuple[str, str]]:
    found: dict[str, list[str]] = {}
    for section, place in _walk(composition.get("section", ()), f"{ROOT}.section"):
        text = text_of(section["text"]["div"]) if section.get("text", {}).get("status") not in (None, "empty") else ""
        known = codes.section_of(kind, section)
        if known is None and text:
            name = section.get("title") or section.get("code", {}).get("text") or "?"
            reading.leave(_("「{kind}」没有章节「{name}」，保留在原文").format(kind=kind.title, name=name[:60]), place)
        elif known:
            found.setdefault(known.key, []).append(text or _from_conditions(reading, section))
    for section in kind.sections:
        if text := "\n".join(part for part in found.get(section.key, ()) if part):
            yield section.key, text


def _walk(sections: Any, place: str) -> Iterator[tuple[Resource, str]]:
    for number, section in enumerate(sections):
        at = f"{place}[{number}]"
        yield section, at
        yield from _walk(section.get("section", ()), f"{at}.section")


def _from_conditions(reading: Reading, section: Resource) -> str:
    """Return the diagnoses of a section that has no text, each as its own words say it."""
    lines = []
    for reference in section.get("entry", ()):
        found = reading.bundle.named(reference)
        if found and found.type == "Condition" and (words := _words(found.resource.get("code"))):
            reading.insist_same_patient(found)
            reading.used.add(found.place)
            lines.append(words)
    return "\n".join(lines)


def _words(concept: Resource | None) -> str:
    given = codes.codings(concept)
    text = (concept or {}).get("text") or next((one["display"] for one in given if one.get("display")), "")
    code = next((one["code"] for one in given if one.get("code")), "")
    return f"{text}（{code}）" if text and code else text or code


def _values(reading: Reading, kind: RecordKind) -> Iterator[Value]:
    composition = reading.bundle.composition.resource
    listed = [reference for section, _place in _walk(composition.get("section", ()), "")
              for reference in section.get("entry", ())]  # fmt: skip
    for found in (reading.bundle.named(reference) for reference in listed):
        if not found or found.type != "Observation" or found.place in reading.used:
            continue
        if not kind.has_observations or not values.is_taken(found.resource):
            continue
        reading.insist_same_patient(found)
        value = values.value_of(found.resource, found.place)
        if not value.name:
            reading.fault("required", _("请写明项目名称"), f"{found.place}.code")
        reading.used.add(found.place)
        yield value


def _replaced(reading: Reading, composition: Resource) -> str:
    for number, link in enumerate(composition.get("relatesTo", ())):
        place = f"{ROOT}.relatesTo[{number}]"
        if link["code"] != "replaces":
            reading.leave(_("与其他文档的关系（{code}）未读入").format(code=link["code"]), place)
        elif target := link.get("targetIdentifier", {}).get("value"):
            return str(target)
        else:
            reading.fault("required", _("更正须以 targetIdentifier 指明原文档的标识"), place)
    return ""


def _moment(text: str) -> datetime | None:
    """Return the moment of a dateTime that names at least a day; None for less, and outside of years 2 to 9998."""
    try:
        at = datetime.fromisoformat(text.replace(":60", ":59"))
    except ValueError:
        return None
    if not 1 < at.year < 9999:
        return None
    return make_aware(at) if is_naive(at) else at
