"""Files of cases: uploading, listing, handing out, removing; official papers: issuing, declaring void."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from ninja import Router

from yilian.kernel.api.body import Part, members
from yilian.kernel.api.document.describe import FORM, described
from yilian.kernel.api.entrance import ApiRequest
from yilian.kernel.api.operations.cases import known
from yilian.kernel.api.operations.steps import visible
from yilian.kernel.api.problems import not_found, refuse
from yilian.kernel.api.reply import ROOT, reply
from yilian.kernel.documents import attaching, handing_out, issuing
from yilian.kernel.documents.kinds import kinds_for
from yilian.kernel.documents.models import Attachment, IssuedPaper
from yilian.kernel.documents.paper import papers
from yilian.kernel.documents.printing import address_of

router, files = Router(), Router()
REASON = (Part("reason", str, 200),)
REFUSALS = ("not-found", "invalid", "too-large", "unsupported-media-type")


@router.get("/{kind}/{uuid:case_id}/documents", include_in_schema=False)
def documents(request: ApiRequest, kind: str, case_id: UUID) -> HttpResponse:
    """Return the files and papers of a case, and what may be added to them."""
    case = visible(known(kind), case_id)
    attachments = Attachment.objects.filter(case_id=case_id, removed_at=None)
    offered = [(paper, issuing.why_not(paper, case, request.actor)) for paper in papers.of(kind)]
    issued = IssuedPaper.objects.filter(case_id=case_id)
    shown = {
        "items": [_document(row) for row in attachments],
        "papers": [_paper(row) for row in issued],
        "purposes": [{"key": purpose.key, "title": str(purpose.title)} for purpose in kinds_for(kind)],
        "issuable": [{"key": one.key, "title": str(one.title), "refusal": why or None} for one, why in offered],
    }
    return reply(shown)


@router.post("/{kind}/{uuid:case_id}/documents", include_in_schema=False)
def attach(request: ApiRequest, kind: str, case_id: UUID) -> HttpResponse:
    """Hang a file on a case; the same file for the same purpose again changes nothing."""
    case = visible(known(kind), case_id)
    if request.content_type != FORM:
        raise refuse("unsupported-media-type", gettext("请以 multipart/form-data 提交"), field="Content-Type")
    upload, purpose = request.FILES.get("file"), request.POST.get("purpose", "")
    if upload is None:
        raise refuse("invalid", gettext("请在 file 中提交一个文件"), field="file")
    offered = [item.key for item in kinds_for(kind)]
    if purpose not in offered:
        text = gettext("purpose 应为下列用途之一：{known}").format(known=_("、").join(offered))
        raise refuse("invalid", text, field="purpose")
    title = request.POST.get("title", "").replace("\x00", "")
    row = attaching.attach(case, upload, purpose, by=request.actor, title=title)
    return reply(_document(row), status=201, headers={"Location": f"{ROOT}/documents/{row.pk}"})


@router.post("/{kind}/{uuid:case_id}/papers", include_in_schema=False)
def issue(request: ApiRequest, kind: str, case_id: UUID) -> HttpResponse:
    """Issue an official paper of a case in the name of the acting institution."""
    key = members(request, (Part("paper", str, 60),)).get("paper", "")
    case = visible(known(kind), case_id)
    offered = [paper.key for paper in papers.of(kind)]
    if key not in offered:
        text = gettext("paper 应为下列文书之一：{known}").format(known=_("、").join(offered))
        raise refuse("invalid", text, field="paper")
    return reply(_paper(issuing.issue(case, key, by=request.actor)), status=201)


@files.get("/documents/{uuid:document_id}", openapi_extra=described(
    _("附件信息"), tag="documents", answer="Document", problems=("not-found",),
))  # fmt: skip
def describe(request: ApiRequest, document_id: UUID) -> HttpResponse:
    """Return what is known of a file."""
    return reply(_document(_attachment(document_id, request)))


@files.get("/documents/{uuid:document_id}/content", openapi_extra=described(
    _("下载附件"), tag="documents", answer="bytes", problems=("not-found", "file-withheld"),
))  # fmt: skip
def content(request: ApiRequest, document_id: UUID) -> HttpResponse:
    """Hand out a file; every time is recorded, and a paper that is no longer valid comes stamped."""
    row = _attachment(document_id, request)
    answer = HttpResponse(handing_out.hand_out(row, by=request.actor), content_type=row.content_type)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(row.file_name)}"
    return answer


@files.post("/documents/{uuid:document_id}/remove", openapi_extra=described(
    _("移除附件"), tag="documents", status=204, body="WithReason", problems=(*REFUSALS, "file-refused"),
))  # fmt: skip
def remove(request: ApiRequest, document_id: UUID) -> HttpResponse:
    """Mark a file removed, with the reason; row and file stay for the audit."""
    reason = members(request, REASON).get("reason", "")
    attaching.remove(_attachment(document_id, request), by=request.actor, reason=reason)
    return HttpResponse(status=204)


@files.post("/papers/{uuid:paper_id}/void", openapi_extra=described(
    _("作废文书"), tag="documents", status=204, body="WithReason", problems=(*REFUSALS, "paper-refused"),
))  # fmt: skip
def void(request: ApiRequest, paper_id: UUID) -> HttpResponse:
    """Declare a paper void; its code says so from now on."""
    reason = members(request, REASON).get("reason", "")
    issued = issuing.visible(paper_id)
    if issued is None:
        raise not_found()
    issuing.void(issued, by=request.actor, reason=reason)
    return HttpResponse(status=204)


def _attachment(document_id: UUID, request: ApiRequest) -> Attachment:
    row = handing_out.visible(document_id, request.actor)
    if row is None:
        raise not_found()
    return row


def _document(row: Attachment) -> dict[str, Any]:
    return {
        "id": row.pk,
        "purpose": {"key": row.kind, "title": row.kind_title},
        "title": row.title,
        "file_name": row.file_name,
        "content_type": row.content_type,
        "size": row.size,
        "sha256": row.sha256,
        "scan_state": row.scan_state,
        "uploaded_by": row.uploaded_name,
        "institution_id": row.institution_id,
        "at": row.at,
        "removed_at": row.removed_at,
        "removed_reason": row.removed_reason,
        "url": f"{ROOT}/documents/{row.pk}/content",
    }


def _paper(row: IssuedPaper) -> dict[str, Any]:
    return {
        "id": row.pk,
        "key": row.key,
        "title": row.title,
        "number": row.number,
        "issuer": row.issuer,
        "issued_by": row.issued_name,
        "issued_at": row.issued_at,
        "voided_at": row.voided_at,
        "void_reason": row.void_reason,
        "document_id": row.attachment_id,
        "url": f"{ROOT}/documents/{row.attachment_id}/content",
        "verify_url": address_of(row.token),
    }
