"""Which kinds of messages a person wants through which channel besides the page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from yilian.kernel.access.models import User
from yilian.kernel.notices import wishes
from yilian.kernel.notices.kinds import kinds
from yilian.kernel.notices.settings import QUIET_FROM, QUIET_UNTIL
from yilian.kernel.pages.page import Page
from yilian.kernel.rules.values import setting_of


class Preferences(Page):
    """`/messages/settings/`: the open channels with one's address there, each kind to be switched off."""

    template = "pages/notices/preferences.html"
    needs_post = False

    def get(self, request: HttpRequest) -> HttpResponse:
        place = self.actor.institution_id if self.actor else None
        first, last = (setting_of(item.key, place) for item in (QUIET_FROM, QUIET_UNTIL))
        context = {"channels": wishes.wishes_of(self._reader), "kinds": list(kinds), "first": first, "last": last}
        return self.show(context | {"is_quiet": first.value != last.value})

    def post(self, request: HttpRequest) -> HttpResponse:
        pairs = [wish.partition(":") for wish in request.POST.getlist("wish")]
        wishes.keep(self._reader, wanted=[(channel, kind) for channel, _colon, kind in pairs])
        messages.success(request, _("消息设置已保存"))
        return HttpResponseRedirect(reverse("message_settings"))

    @property
    def _reader(self) -> User:
        return self.request.user  # type: ignore[return-value]
