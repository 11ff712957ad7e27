"""Reading documents: the one function that authorises also writes the access record, with the ground."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from yilian.domains.records.models import Ground, Record, RecordFile
from yilian.domains.records.models.package import PackageItem
from yilian.kernel.access.actor import Actor
from yilian.kernel.audit import record as note
from yilian.kernel.audit.models import AccessRecord
from yilian.kernel.registries.keys import bounds, moment_of
from yilian.kernel.workflow.models import Case
from yilian.registry.models import Patient

READERS = ("doctor", "nursing", "reception", "registrar", "quality")
PAGE = 40
SAME_MOMENT = 8


class RecordUnknown(LookupError):
    """The document does not exist, or it is none of this institution's business: nobody is told which."""


class GroundEnded(Exception):
    """This institution has read the document before and may no longer; the text says so, `patient_id` whose it is."""

    def __init__(self, patient_id: UUID) -> None:
        super().__init__(_("调阅此文档的依据已经失效（授权被撤回、到期或事项已结束），不能继续查看。"))
        self.patient_id = patient_id


def ways_out() -> list[str]:
    """Return what a person can do who has no ground."""
    return [
        _("请患者（未满十四周岁由监护人）签署授权，并在患者档案中登记"),
        _("患者在本机构就诊或签约的，登记就诊或签约编号"),
        _("危及生命来不及授权的，使用紧急调阅，事后由他方复核"),
    ]


@dataclass(frozen=True)
class Opened:
    """A document that may be read, and the ground that was written down."""

    record: Record
    ground: str


def open_record(pk: UUID, *, by: Actor, action: str = "viewed") -> Opened:
    """Return a document and record the reading with its ground. Raises RecordUnknown or GroundEnded."""
    found = authorised(pk, by=by)
    detail = {"patient": str(found.record.patient_id), "title": found.record.title}
    note(by, action, object_kind="record", object_id=pk, ground=found.ground, detail=detail)
    return found


def authorised(pk: UUID, *, by: Actor) -> Opened:
    """Return a document with the ground on which it is read; whoever calls this writes the access record."""
    record = Record.objects.select_related("institution", "patient", "replaces").filter(pk=pk).first()
    if record is None:
        raise _refusal(pk, by)
    return Opened(record, ground_of(record, by))


def open_file(pk: UUID, *, by: Actor) -> tuple[RecordFile, str]:
    """Return a file of a document that may be read, with the ground. Raises RecordUnknown or GroundEnded."""
    file = RecordFile.objects.select_related("record").filter(pk=pk).first()
    if file is None:
        raise RecordUnknown(str(pk))
    return file, authorised(file.record_id, by=by).ground


def ground_of(record: Record, by: Actor) -> str:
    """Say on what ground the actor's institution reads a document that row security shows it."""
    if record.institution_id == by.institution_id:
        return _("本机构书写")
    item = PackageItem.objects.filter(record=record).select_related("case").order_by("pk").first()
    if item is not None:
        return _("随单资料 {number}").format(number=item.case.number)
    ground = standing(record.patient_id, by).filter(Q(kinds=[]) | Q(kinds__contains=[record.kind])).first()
    return ground.words if ground else _("本机构书写")


def standing(patient_id: UUID, by: Actor):  # type: ignore[no-untyped-def]
    """Return the grounds on which the actor's institution may read documents of a patient now."""
    return Ground.objects.of(patient_id, by.institution_id).standing()


def _refusal(pk: UUID, by: Actor) -> Exception:
    """Say that the ground ended only to an institution that has read the document; everybody else learns nothing."""
    rows = AccessRecord.objects.filter(object_kind="record", object_id=str(pk), institution_id=by.institution_id)
    seen = rows.filter(action__in=("viewed", "downloaded", "exported")).values_list("detail", flat=True).first()
    if seen and Patient.objects.filter(pk=seen.get("patient")).exists():
        return GroundEnded(UUID(seen["patient"]))
    return RecordUnknown(str(pk))


@dataclass(frozen=True)
class Event:
    """One line of a patient's timeline: a document or a case."""

    at: datetime
    key: UUID
    record: Record | None = None
    case: Case | None = None


@dataclass
class Timeline:
    """A page of the timeline, newest first; `next` names the next page."""

    events: list[Event]
    next: str = ""
    grounds: Sequence[Ground] = field(default_factory=list)


def timeline(patient: Patient, *, by: Actor, before: str = "", kind: str = "") -> Timeline:
    """Return documents and cases of a patient that the actor may see, and record the reading with its grounds.

    Four statements whatever the length: documents and cases by key set, grounds, and the access record.
    """
    place = _place(before)
    events = [*_documents(patient, kind, place), *([] if kind else _cases(patient, place))]
    return _page(patient, sorted(events, key=lambda event: (event.at, event.key), reverse=True), by)


def documents(patient: Patient, *, by: Actor, before: str = "", kind: str = "") -> Timeline:
    """Return the documents of a patient that the actor may see, without the cases; recorded as the timeline is."""
    return _page(patient, _documents(patient, kind, _place(before)), by)


def _page(patient: Patient, events: list[Event], by: Actor) -> Timeline:
    """Cut a page, find the grounds and write the access record."""
    shown, grounds = events[:PAGE], list(standing(patient.pk, by).select_related("case"))
    words = "；".join(dict.fromkeys(ground.words for ground in grounds)) or _("仅本机构资料")
    note(by, "viewed", object_kind="health_record", object_id=patient.pk, ground=words, detail={"rows": len(shown)})
    last = shown[-1] if len(events) > PAGE else None
    return Timeline(shown, f"{last.at.isoformat()}~{last.key}" if last else "", grounds)


def _documents(patient: Patient, kind: str, place: tuple[datetime, UUID] | None) -> list[Event]:
    rows = Record.objects.of_patient(patient.pk).select_related("institution").defer("sections")
    if kind:
        rows = rows.filter(kind=kind)
    if place:
        at, key = place
        rows = rows.filter(Q(effective_at__lt=at) | Q(effective_at=at, pk__lt=key), effective_at__lte=at)
    return [Event(row.effective_at, row.pk, record=row) for row in rows[: PAGE + 1]]


def _cases(patient: Patient, place: tuple[datetime, UUID] | None) -> list[Event]:
    rows = Case.objects.filter(patient_id=patient.pk).order_by("-pk")
    if place:
        until = place[0] + timedelta(milliseconds=1)
        rows = rows.filter(pk__lt=bounds(until, until)[0])
    events = [Event(moment_of(row.pk), row.pk, case=row) for row in rows[: PAGE + SAME_MOMENT]]
    return [event for event in events if place is None or (event.at, event.key) < place]


def _place(text: str) -> tuple[datetime, UUID] | None:
    moment, _sign, key = text.partition("~")
    try:
        at = datetime.fromisoformat(moment)
        return (at, UUID(key)) if at.tzinfo else None
    except ValueError:
        return None
