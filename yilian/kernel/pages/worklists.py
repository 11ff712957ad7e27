"""The pages one works from: what waits for me, what is late, what others have not answered."""

from django.http import HttpRequest, HttpResponse

from yilian.kernel.pages.page import Page


class Home(Page):
    """The first page after the login."""

    template = "pages/home.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show({})
