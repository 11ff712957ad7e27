"""Files of a case: uploading, handing out, removing; official papers: issuing, declaring void, verifying."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import View

from yilian.kernel.documents import attaching, handing_out, issuing, verifying
from yilian.kernel.documents.kinds import attachment_kinds
from yilian.kernel.documents.models import Attachment
from yilian.kernel.documents.paper import papers
from yilian.kernel.pages.cases import CasePage
from yilian.kernel.pages.page import Page
from yilian.kernel.workflow.models import Case
from yilian.kernel.workflow.refusals import Refused

CARD = "#card-documents"


class _Tells(Page):
    """Says what became of a write and goes back to the documents of the case."""

    def told(self, case: Case, write: Callable[[], Any], done: str) -> HttpResponse:
        try:
            write()
        except Refused as refusal:
            for reason in refusal.reasons:
                messages.error(self.request, reason.text)
        else:
            messages.success(self.request, done)
        return HttpResponseRedirect(case.get_absolute_url() + CARD)


class Attach(_Tells, CasePage):
    """`/<kind>/<id>/files/`: hang one or several files on the case."""

    def post(self, request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
        uploads = request.FILES.getlist("file")
        purpose = request.POST.get("purpose", "")
        if purpose not in attachment_kinds or not uploads:
            messages.error(request, _("请选择文件和用途"))
            return HttpResponseRedirect(self.case.get_absolute_url() + CARD)

        def write() -> None:
            for upload in uploads:
                attaching.attach(self.case, upload, purpose, by=self.actor)

        return self.told(self.case, write, _("已上传 {count} 个文件").format(count=len(uploads)))


class _FilePage(_Tells):
    def attachment(self, pk: UUID) -> Attachment:
        """Return an attachment of a case the actor sees; raises Http404."""
        found = handing_out.visible(pk, self.actor)
        if found is None:
            raise Http404(str(pk))
        return found


class HandOut(_FilePage):
    """`/files/<id>/`: the file itself; `?save` asks the browser to keep it. Every time is recorded."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        row = self.attachment(pk)
        try:
            content = handing_out.hand_out(row, by=self.actor)
        except Refused as refusal:
            context = {"reasons": refusal.reasons, "back": row.case.get_absolute_url()}
            return render(request, "409.html", context, status=409)
        way = "inline" if row.is_shown and "save" not in request.GET else "attachment"
        answer = HttpResponse(content, content_type=row.content_type)
        answer.headers["Content-Disposition"] = f"{way}; filename*=UTF-8''{quote(row.file_name)}"
        answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
        answer.headers["Cache-Control"] = "private, no-store"
        return answer


class Remove(_FilePage):
    """`/files/<id>/remove/`: mark an attachment removed, with the reason."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        row = self.attachment(pk)
        reason = request.POST.get("reason", "")
        return self.told(row.case, lambda: attaching.remove(row, by=self.actor, reason=reason), _("附件已移除"))


class Issue(_Tells, CasePage):
    """`/<kind>/<id>/papers/`: issue an official paper."""

    def post(self, request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
        key = request.POST.get("paper", "")
        if key not in papers:
            raise Http404(key)
        done = _("已开具「{paper}」").format(paper=papers[key].title)
        return self.told(self.case, lambda: issuing.issue(self.case, key, by=self.actor), done)


class Void(_Tells):
    """`/papers/<id>/void/`: declare a paper void, with the reason."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        issued = issuing.visible(pk)
        if issued is None:
            raise Http404(str(pk))
        reason = request.POST.get("reason", "")
        return self.told(issued.case, lambda: issuing.void(issued, by=self.actor, reason=reason), _("文书已作废"))


class Verify(View):
    """`/verify/<token>/`: what anyone who holds a paper may know of it; a file can be compared with what was issued."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self._answer(request, token, None)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        upload = request.FILES.get("file")
        return self._answer(request, token, upload)

    def _answer(self, request: HttpRequest, token: str, upload: Any) -> HttpResponse:
        found = verifying.look_up(token)
        is_same = found.is_same(upload.chunks()) if found and upload else None
        context = {"found": found, "is_same": is_same}
        return render(request, "pages/verify.html", context, status=200 if found else 404)
