"""A patient's documents in the JSON interface: listing, reading, files, and issuing from a hospital system."""

import base64
import binascii
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive, make_aware
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from ninja import Router

from yilian.domains.records import files, issuing, reading
from yilian.domains.records.exchange.incoming import open_original
from yilian.domains.records.kinds import choices
from yilian.domains.records.models import Observation, Record
from yilian.domains.records.packing import carry_correction
from yilian.kernel.api.body import Part, members, query
from yilian.kernel.api.document.components import MOMENT, NUMBER, TEXT, record, ref, several
from yilian.kernel.api.document.describe import described
from yilian.kernel.api.entrance import ApiRequest
from yilian.kernel.api.problems import ApiProblem, Problem, not_found, problems, refuse
from yilian.kernel.api.reply import ROOT, reply
from yilian.kernel.api.routers import ApiPart, api_parts
from yilian.kernel.fhir.outcome import MEDIA_TYPE
from yilian.kernel.workflow.flow import Ask
from yilian.kernel.workflow.refusals import Reason
from yilian.registry.models import Patient

problems.add(Problem("ground-ended", 403, _("调阅依据已失效")))
router = Router()
LIST = (
    Ask("patient", _("患者"), "patient"),
    Ask("kind", _("文档类型"), "choice", choices=tuple(choices()), required=False),
    Ask("before", _("上一页的 next"), required=False, max_length=100),
)
NEW = (
    Part("patient", str, 36), Part("kind", str, 20), Part("title", str, 200), Part("practitioner", str, 60),
    Part("department", str, 80), Part("effective_at", str, 40), Part("number", str, 60), Part("sections", dict),
    Part("observations", list), Part("files", list), Part("replaces", str, 36),
)  # fmt: skip
REFUSALS = ("not-yours", "not-found", "ground-ended")


@router.get("", openapi_extra=described(
    _("患者的病历文档"), tag="records", answer="Records", query=LIST, problems=("not-yours", "not-found", "invalid"),
))  # fmt: skip
def list_records(request: ApiRequest) -> HttpResponse:
    """Return the documents of a patient that the institution may read, newest first; recorded with the grounds."""
    _insist(request, reading.READERS)
    given = query(request, LIST, request.actor)
    patient = Patient.objects.filter(pk=given.get("patient")).first() if given.get("patient") else None
    if patient is None:
        raise refuse("invalid", gettext("请提供本机构知悉的患者"), field="patient")
    found = reading.documents(patient, by=request.actor, before=given.get("before") or "", kind=given.get("kind") or "")
    grounds = [{"kind": row.kind, "text": row.words, "until": row.until} for row in found.grounds]
    lines = [_line(event.record) for event in found.events if event.record]
    return reply({"items": lines, "next": found.next or None, "grounds": grounds})


@router.get("/{uuid:record_id}", openapi_extra=described(
    _("病历文档"), tag="records", answer="Record", problems=REFUSALS,
))  # fmt: skip
def read_record(request: ApiRequest, record_id: UUID) -> HttpResponse:
    """Return a document whole; the reading is recorded with its ground."""
    _insist(request, reading.READERS)
    try:
        opened = reading.open_record(record_id, by=request.actor)
    except reading.RecordUnknown as unknown:
        raise not_found() from unknown
    except reading.GroundEnded as ended:
        raise refuse("ground-ended", str(ended)) from ended
    return reply(_whole(opened.record) | {"ground": opened.ground})


@router.get("/{uuid:record_id}/original", openapi_extra=described(
    _("病历文档的接收原文"), tag="records", answer="bytes", problems=(*REFUSALS, "file-withheld"),
))  # fmt: skip
def read_original(request: ApiRequest, record_id: UUID) -> HttpResponse:
    """Return the bytes a document arrived as from another system, on the ground of the document."""
    _insist(request, reading.READERS)
    try:
        found = open_original(record_id, by=request.actor)
    except reading.RecordUnknown as unknown:
        raise not_found() from unknown
    except reading.GroundEnded as ended:
        raise refuse("ground-ended", str(ended)) from ended
    return HttpResponse(found, content_type=MEDIA_TYPE)


@router.get("/files/{uuid:file_id}", openapi_extra=described(
    _("病历附件"), tag="records", answer="bytes", problems=(*REFUSALS, "file-withheld"),
))  # fmt: skip
def read_file(request: ApiRequest, file_id: UUID) -> HttpResponse:
    """Return a file of a document, on the ground of the document."""
    _insist(request, reading.READERS)
    try:
        file, ground = reading.open_file(file_id, by=request.actor)
    except reading.RecordUnknown as unknown:
        raise not_found() from unknown
    content = files.hand_out(file, by=request.actor, ground=ground)
    return HttpResponse(content, content_type=file.content_type)


@router.post("", openapi_extra=described(
    _("存档病历文档"), tag="records", answer="Record", status=201, body="NewRecord",
    problems=("not-yours", "not-found", "invalid", "file-refused", "unsupported-media-type"),
))  # fmt: skip
def issue(request: ApiRequest) -> HttpResponse:
    """Issue a document, or with `replaces` the corrected version of one; nothing that was issued is changed."""
    _insist(request, issuing.WRITERS)
    given = members(request, NEW)
    uploads = [_upload(one) for one in given.get("files", ())]
    try:
        made = _issued(request, given, uploads)
    except ValidationError as refused:
        raise ApiProblem("invalid", _reasons(refused)) from refused
    return reply(_whole(made), status=201, headers={"Location": f"{ROOT}/records/{made.pk}"})


def _issued(request: ApiRequest, given: Mapping[str, Any], uploads: list[ContentFile]) -> Record:
    facts = _facts(given)
    if not given.get("replaces"):
        patient = Patient.objects.filter(pk=_key(given.get("patient"))).first()
        if patient is None:
            raise ValidationError({"patient": [gettext("没有找到患者，请先登记")]})
        return issuing.issue_record(facts, patient_id=patient.pk, by=request.actor, uploads=uploads)
    old = Record.objects.filter(pk=_key(given["replaces"]), institution_id=request.actor.institution_id).first()
    if old is None:
        raise not_found()
    made = issuing.correct_record(old, facts, by=request.actor, uploads=uploads)
    carry_correction(old, made, by=request.actor)
    return made


def _facts(given: Mapping[str, Any]) -> issuing.Facts:
    sections, values = given.get("sections") or {}, given.get("observations") or []
    if not all(isinstance(text, str) and "\0" not in text for text in sections.values()):
        raise ValidationError({"sections": [gettext("章节应为文字")]})
    if not all(isinstance(one, dict) and "\0" not in "".join(map(str, one.values())) for one in values):
        raise ValidationError({"observations": [gettext("检查检验值应为对象")]})
    at = _moment(given.get("effective_at"))
    if at is None:
        raise ValidationError({"effective_at": [gettext("请提供诊疗时间，如 2026-11-21T09:30:00+08:00")]})
    words = {name: given.get(name) or "" for name in ("kind", "title", "practitioner", "department", "number")}
    return issuing.Facts(**words, effective_at=at, sections=sections, observations=values)


def _upload(said: Any) -> ContentFile:
    try:
        content = base64.b64decode(said["content"], validate=True)
        return ContentFile(content, name=str(said["name"]))
    except (KeyError, TypeError, ValueError, binascii.Error) as error:
        raise refuse("invalid", gettext("附件应为 {name, content}，内容以 Base64 编码"), field="files") from error


def _moment(text: Any):  # type: ignore[no-untyped-def]
    try:
        at = parse_datetime(text) if isinstance(text, str) else None
    except ValueError:
        return None
    if at is None or not 1 < at.year < 9999:
        return None
    return make_aware(at) if is_naive(at) else at


def _key(text: Any) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None


def _reasons(refused: ValidationError) -> list[Reason]:
    if hasattr(refused, "error_dict"):
        pairs = [(name, text) for name, texts in refused.message_dict.items() for text in texts]
        return [Reason("invalid", text, field=name) for name, text in pairs]
    return [Reason("invalid", text) for text in refused.messages]


def _insist(request: ApiRequest, roles: tuple[str, ...]) -> None:
    if not request.actor.may(*roles):
        raise refuse("not-yours", gettext("您的岗位不能查看或存档病历。请切换岗位或联系本机构管理员。"))


def _line(row: Record) -> dict[str, Any]:
    return {
        "id": row.pk, "patient": row.patient_id, "kind": row.kind, "category": row.record_kind.category,
        "title": row.title, "status": row.status, "institution": row.institution_id, "author": str(row.institution),
        "department": row.department, "practitioner": row.practitioner, "effective_at": row.effective_at,
        "issued_at": row.issued_at, "sha256": row.sha256, "replaces": row.replaces_id,
        "url": f"{ROOT}/records/{row.pk}",
    }  # fmt: skip


def _whole(row: Record) -> dict[str, Any]:
    kind = row.record_kind
    sections = [
        {"key": one["key"], "title": str(section.title), "loinc": section.loinc, "text": one["text"]}
        for one in row.sections
        if (section := kind.section(one["key"]))
    ]
    attached = [
        {"id": file.pk, "name": file.file_name, "content_type": file.content_type, "size": file.size,
         "sha256": file.sha256, "url": f"{ROOT}/records/files/{file.pk}"}
        for file in row.files.all()
    ]  # fmt: skip
    return _line(row) | {
        "standard": kind.standard, "number": row.number, "sections": sections, "files": attached,
        "observations": [_value(one) for one in row.observations.all()],
    }  # fmt: skip


def _value(row: Observation) -> dict[str, Any]:
    return {"code": row.code, "name": row.name, "value": row.shown, "is_number": row.number is not None,
            "unit": row.unit, "low": row.low, "high": row.high, "flag": row.flag}  # fmt: skip


def _schemas() -> dict[str, Any]:
    key, nothing = {"type": "string", "format": "uuid"}, {"type": ["string", "null"]}
    line = {
        "id": key, "patient": key, "kind": TEXT, "category": TEXT, "title": TEXT, "status": TEXT,
        "institution": NUMBER, "author": TEXT, "department": TEXT, "practitioner": TEXT, "effective_at": MOMENT,
        "issued_at": MOMENT, "sha256": TEXT, "replaces": nothing, "url": TEXT,
    }  # fmt: skip
    value = record(code=TEXT, name=TEXT, value=TEXT, is_number={"type": "boolean"}, unit=TEXT, low=nothing,
                   high=nothing, flag=TEXT)  # fmt: skip
    more = {
        "standard": TEXT, "number": TEXT, "sections": several(record(key=TEXT, title=TEXT, loinc=TEXT, text=TEXT)),
        "observations": several(value),
        "files": several(record(id=key, name=TEXT, content_type=TEXT, size=NUMBER, sha256=TEXT, url=TEXT)),
    }  # fmt: skip
    new = {
        "patient": key, "kind": {"enum": [name for name, _title in choices()]}, "title": TEXT, "practitioner": TEXT,
        "department": TEXT, "effective_at": MOMENT, "number": TEXT,
        "sections": {"type": "object", "additionalProperties": TEXT},
        "observations": {"type": "array", "items": {"type": "object"}},
        "files": several(record(name=TEXT, content=TEXT)), "replaces": key,
    }  # fmt: skip
    return {
        "Records": record(items=several(ref("RecordLine")), next=nothing,
                          grounds=several(record(kind=TEXT, text=TEXT, until=nothing))),
        "RecordLine": record(**line),
        "Record": record(("ground",), **line, **more, ground=TEXT),
        "NewRecord": {"type": "object", "additionalProperties": False, "properties": new,
                      "required": ["kind", "practitioner", "effective_at"]},
    }  # fmt: skip


api_parts.add(ApiPart("records", _("病历"), router, _schemas))
