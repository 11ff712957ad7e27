"""消息: what others told this person's post, read or not."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from yilian.kernel.notices import reading
from yilian.kernel.notices.reading import PAGE
from yilian.kernel.pages.page import Page


class Messages(Page):
    """`/messages/`: unread ones, or all, the newest first."""

    template = "pages/notices/messages.html"
    part = "pages/notices/messages_part.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        only_unread = request.GET.get("all") is None
        before = _key(request.GET.get("before", ""))
        rows = reading.newest(self.actor, before=before, only_unread=only_unread, most=PAGE + 1)
        context = {
            "notices": rows[:PAGE],
            "only_unread": only_unread,
            "unread": reading.count_unread(self.actor),
            "next": rows[PAGE - 1].pk if len(rows) > PAGE else None,
            "is_first": before is None,
        }
        return self.show(context)


class Open(Page):
    """`/messages/<id>/`: POST marks a message read and goes to what it is about."""

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        notice = reading.find(pk, self.actor)
        if notice is None:
            raise Http404(str(pk))
        reading.mark_read([notice.pk], by=self.actor)
        return HttpResponseRedirect(notice.case.get_absolute_url() if notice.case else reverse("messages"))


class AllRead(Page):
    """`/messages/read/`: POST marks everything read."""

    def post(self, request: HttpRequest) -> HttpResponse:
        reading.mark_all_read(by=self.actor)
        messages.success(request, _("全部消息已标为已读"))
        return HttpResponseRedirect(reverse("messages"))


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
