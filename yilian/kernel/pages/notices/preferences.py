"""Through which channels a person wants messages besides the page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from yilian.kernel.access.models import User
from yilian.kernel.notices import wishes
from yilian.kernel.pages.page import Page


class Preferences(Page):
    """`/messages/settings/`: the open channels with one's address there, each to be switched off."""

    template = "pages/notices/preferences.html"
    needs_post = False

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show({"channels": wishes.wishes_of(self._reader)})

    def post(self, request: HttpRequest) -> HttpResponse:
        wishes.keep(self._reader, wanted=request.POST.getlist("channel"))
        messages.success(request, _("消息设置已保存"))
        return HttpResponseRedirect(reverse("message_settings"))

    @property
    def _reader(self) -> User:
        return self.request.user  # type: ignore[return-value]
