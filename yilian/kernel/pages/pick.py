"""The answers of pickers as JSON: by name, pinyin initials or code, and only what this actor may name."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from yilian.kernel.pages.page import Page
from yilian.kernel.workflow.lookups import lookups

LONGEST = 60


class Pick(Page):
    """`/pick/institution/?q=…&source=…`; further parameters are the answers beside it."""

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        if kind not in lookups:
            raise Http404(kind)
        beside = {name: request.GET.get(name, "") for name in request.GET if name not in ("q", "source")}
        text = request.GET.get("q", "")[:LONGEST]
        found = lookups[kind].search(self.actor, text, request.GET.get("source", ""), beside)
        items = [{"value": str(one.value), "text": one.label, "beside": one.hint} for one in found]
        answer = JsonResponse({"items": items})
        answer.headers["Cache-Control"] = "no-store"
        return answer
