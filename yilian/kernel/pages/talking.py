"""What the parties of a case say to each other, and who has read it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property

from yilian.kernel.pages.cases import CasePage
from yilian.kernel.pages.panels import messages_of
from yilian.kernel.pages.taking import status_of
from yilian.kernel.workflow.conversation import mark_seen, post_message
from yilian.kernel.workflow.refusals import Refused


class Messages(CasePage):
    """`/<kind>/<id>/messages/`: GET shows them, POST says something."""

    template = "pages/messages_of_case.html"
    part = "pages/card_messages.html"

    @cached_property
    def context(self) -> dict[str, object]:
        return self.about() | {"card": {"context": messages_of(self.case, self.actor), "title": ""}}

    def get(self, request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
        return self.show(self.context)

    def post(self, request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
        try:
            awaits_reply = request.POST.get("awaits_reply") == "true"
            post_message(self.case, request.POST.get("text", ""), by=self.actor, awaits_reply=awaits_reply)
        except Refused as refusal:
            return self.show(self.context | {"refusal": refusal.reasons[0].text}, status_of(refusal))
        if getattr(request, "htmx", False):
            return self.show(self.context)
        return HttpResponseRedirect(f"{self.case.get_absolute_url()}#card-messages")


class Seen(CasePage):
    """`/<kind>/<id>/messages/seen/`: the page says that its messages were on the screen."""

    def post(self, request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
        mark_seen(self.case, by=self.actor)
        return HttpResponse(status=204)
