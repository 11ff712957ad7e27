"""`/agreements/checks/`: whether the agreements that one sees are kept, those with a breach first."""

from django.http import HttpRequest, HttpResponse

from yilian.domains.agreement.checking.shown import overview
from yilian.kernel.pages.page import Page


class Checks(Page):
    """The newest findings of all agreements in force."""

    template = "agreement/checks.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show({"lines": overview()})
