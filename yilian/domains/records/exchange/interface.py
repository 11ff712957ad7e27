"""FHIR in the JSON interface: a document Bundle is created and read at /api/v1/fhir/Bundle; nothing else is claimed."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from ninja import Router

from yilian.domains.records import issuing, reading
from yilian.domains.records.exchange import capability, outgoing
from yilian.domains.records.exchange.incoming import SentOtherwiseError, take_in
from yilian.domains.records.exchange.interpreting import UnfitDocumentError
from yilian.kernel.api.document.describe import answers, reference
from yilian.kernel.api.entrance import ApiRequest
from yilian.kernel.api.problems import ApiProblem, dialects, not_found, refuse
from yilian.kernel.api.reply import ROOT
from yilian.kernel.api.routers import ApiPart, api_parts
from yilian.kernel.fhir import outcome
from yilian.kernel.fhir.outcome import MEDIA_TYPE, Issue
from yilian.kernel.fhir.parsing import UnreadableError

router = Router()
ADDRESS = f"{ROOT}/fhir/"
BODIES = (MEDIA_TYPE, "application/json")
dialects[ADDRESS] = outcome.answer


def _described(summary: Any, *, answer: str, status: int = 200, problems: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return an operation whose answers, faults too, are resources."""
    found = answers(None, problems=problems)
    resource = {MEDIA_TYPE: {"schema": reference(answer)}}
    fault = {MEDIA_TYPE: {"schema": reference("OperationOutcome")}}
    faults = {code: {"description": "OperationOutcome", "content": fault} for code in found if code >= "400"}
    good = {code: {"description": "OK", "content": resource} for code in {"200", str(status)}}
    return {"summary": summary, "tags": ["fhir"], "parameters": [], "responses": good | faults}


@router.get("/metadata", auth=None, include_in_schema=False)
def fhir_metadata(request: ApiRequest) -> HttpResponse:
    """Return what this interface can do in FHIR, to everybody: it describes itself and is not described elsewhere."""
    return outcome.reply(capability.statement())


@router.get("/Bundle/{uuid:record_id}", openapi_extra=_described(
    _("以 FHIR 文档读取病历"), answer="Resource",
    problems=("not-yours", "not-found", "ground-ended", "conflict", "file-withheld"),
))  # fmt: skip
def read_fhir_document(request: ApiRequest, record_id: UUID) -> HttpResponse:
    """Return a document as a Bundle; that it went out is recorded with its ground."""
    _insist(request, reading.READERS)
    try:
        return outcome.reply(outgoing.export(record_id, by=request.actor))
    except reading.RecordUnknown as unknown:
        raise not_found() from unknown
    except reading.GroundEnded as ended:
        raise refuse("ground-ended", str(ended)) from ended
    except outgoing.NotForExportError as superseded:
        raise refuse("conflict", str(superseded)) from superseded


@router.post("/Bundle", openapi_extra=_described(
    _("以 FHIR 文档存档病历"), answer="OperationOutcome", status=201,
    problems=("not-yours", "invalid", "conflict", "file-refused", "too-large", "unsupported-media-type"),
) | {"requestBody": {"required": True, "content": {MEDIA_TYPE: {"schema": reference("Resource")}}}})  # fmt: skip
def take_in_fhir_document(request: ApiRequest) -> HttpResponse:
    """File a document Bundle in the name of the actor's institution; the same again answers 200 and changes nothing."""
    _insist(request, issuing.WRITERS)
    if request.content_type not in BODIES:
        raise refuse("unsupported-media-type", gettext("请以 application/fhir+json 提交"), field="Content-Type")
    try:
        taken = take_in(request.body, by=request.actor)
    except UnreadableError as error:
        raise ApiProblem("malformed", outcome.reasons([error.issue])) from error
    except UnfitDocumentError as unfit:
        raise ApiProblem("invalid", outcome.reasons(unfit.issues)) from unfit
    except SentOtherwiseError as otherwise:
        raise refuse("conflict", str(otherwise), field="Bundle.identifier") from otherwise
    text = gettext("已存档：{title}") if taken.is_new else gettext("此前已存档，没有变化：{title}")
    done = Issue("informational", text.format(title=taken.record.title), severity="information")
    headers = {"Location": f"{ADDRESS}Bundle/{taken.record.pk}"}
    return outcome.reply(outcome.outcome([done, *taken.left]), status=201 if taken.is_new else 200, headers=headers)


def _insist(request: ApiRequest, roles: tuple[str, ...]) -> None:
    if not request.actor.may(*roles):
        raise refuse("not-yours", gettext("您的岗位不能查看或存档病历。请切换岗位或联系本机构管理员。"))


def _schemas() -> dict[str, Any]:
    def resource(kind: dict[str, Any]) -> dict[str, Any]:
        return {"type": "object", "properties": {"resourceType": kind}, "required": ["resourceType"]}

    return {"Resource": resource({"type": "string"}), "OperationOutcome": resource({"const": "OperationOutcome"})}


api_parts.add(ApiPart("fhir", _("FHIR 文档"), router, _schemas))
