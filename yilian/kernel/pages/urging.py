"""催办 on a case: the page of who urged whom, and urging."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from yilian.kernel.notices.urging import urge
from yilian.kernel.pages.cases import CasePage
from yilian.kernel.pages.panels import urges_of
from yilian.kernel.pages.taking import status_of
from yilian.kernel.workflow.refusals import Refused


class Urges(CasePage):
    """`/<kind>/<id>/urges/`: GET shows them, POST urges those whose turn it is."""

    template = "pages/urges_of_case.html"
    part = "pages/card_urges.html"

    def get(self, request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
        return self._answer()

    def post(self, request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
        try:
            made = urge(self.case, by=self.actor, note=request.POST.get("note", ""))
        except Refused as refusal:
            return self._answer(refusal.reasons[0].text, status_of(refusal))
        if getattr(request, "htmx", False):
            return self._answer()
        messages.success(request, _("已催办：{told}").format(told=made.told_names))
        return HttpResponseRedirect(f"{self.case.get_absolute_url()}#card-urges")

    def _answer(self, refusal: str = "", status: int = 200) -> HttpResponse:
        card = {"context": urges_of(self.case, self.actor) or {}, "title": _("催办")}
        return self.show(self.about() | {"card": card, "refusal": refusal}, status)
