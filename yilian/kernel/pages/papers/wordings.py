"""文书模板: the wording of each letter as this institution uses it, changed here, with preview and versions."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from yilian.kernel import clock
from yilian.kernel.documents import wordings
from yilian.kernel.documents.paper import Paper, papers
from yilian.kernel.documents.printing import address_of
from yilian.kernel.documents.rendering import Face, render
from yilian.kernel.documents.wording import examples, faults, fill
from yilian.kernel.pages.page import Page
from yilian.kernel.workflow.case_type import case_types
from yilian.kernel.workflow.refusals import Refused

KEEPERS = ("office", "director", "secretary")
MOST_VERSIONS = 50


class _Kept(Page):
    """What only those see who keep the wordings."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if getattr(request, "actor", None) is not None:
            self.request = request
            self.insist(*KEEPERS)
        return super().dispatch(request, *args, **kwargs)


class Wordings(_Kept):
    """`/wordings/`: the letters whose wording may be changed, and whose words are in use."""

    template = "pages/papers/wordings.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        lines = []
        for paper in papers:
            if paper.wording is not None:
                newest = next(iter(wordings.versions(paper, self.actor.institution_id)), None)
                lines.append((paper, case_types[paper.case_type].title, newest, bool(newest and newest.text)))
        return self.show({"lines": lines})


class WordingPage(_Kept):
    """`/wordings/<key>/`: text, fields, versions; `?version=2` begins from an earlier one, 0 from the shipped."""

    template = "pages/papers/wording.html"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        return self._answer(self._asked_for())

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Keep the next version, go back to what is shipped, or show how a letter would look."""
        text = request.POST.get("text", "").replace("\0", "")
        if "preview" in request.POST:
            return self._preview(text)
        read, note = request.POST.get("read", ""), request.POST.get("note", "").strip()
        text = "" if "restore" in request.POST else text
        try:
            if not text.strip() and "restore" not in request.POST:
                return self._answer(text, [_("请填写模板")], 422)
            row = wordings.keep(self.paper, text, by=self.actor, read=int(read) if read.isdecimal() else -1, note=note)
        except Refused as refusal:
            return self._answer(text, [reason.text for reason in refusal.reasons], 422)
        messages.success(request, _("已保存为第 {n} 版").format(n=row.version))
        return HttpResponseRedirect(reverse("wording", args=[self.paper.key]))

    @cached_property
    def paper(self) -> Paper:
        found = papers.get(self.kwargs["key"])
        if found is None or found.wording is None:
            raise Http404(self.kwargs["key"])
        return found

    @cached_property
    def versions(self) -> list[Any]:
        return wordings.versions(self.paper, self.actor.institution_id)

    def _asked_for(self) -> str:
        wanted = self.request.GET.get("version", "")
        if wanted == "0":
            return wordings.shipped(self.paper)
        found = next((row.text for row in self.versions if str(row.version) == wanted and row.text), None)
        return found or wordings.text_of(self.paper, self.actor.institution_id)

    def _preview(self, text: str) -> HttpResponse:
        """Return a page of the letter with examples in its fields, or say what is wrong with the text."""
        if wrong := faults(text, self.paper.fields):
            return self._answer(text, wrong, 422)
        face = Face(
            str(self.paper.title), self.paper.number(year=clock.today().year, serial=0, case_number=""),
            self.actor.institution_name, clock.today().isoformat(), address_of("preview"),
        )  # fmt: skip
        (pdf,) = render(self.paper.template, face, fill(text, examples(self.paper.fields)))
        answer = HttpResponse(pdf, content_type="application/pdf")
        answer.headers["Content-Disposition"] = 'inline; filename="preview.pdf"'
        answer.headers["Cache-Control"] = "private, no-store"
        return answer

    def _answer(self, text: str, wrong: list[str] | None = None, status: int = 200) -> HttpResponse:
        newest = self.versions[0] if self.versions else None
        context = {
            "paper": self.paper, "text": text, "wrong": wrong or [], "versions": self.versions[:MOST_VERSIONS],
            "read": newest.version if newest else 0, "is_own": bool(newest and newest.text),
        }  # fmt: skip
        return self.show(context, status)
