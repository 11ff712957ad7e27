"""外发消息: what left the house and how it fared, with what died to be sent again."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from yilian.kernel.notices import delivery_log
from yilian.kernel.notices.channels import channels
from yilian.kernel.notices.models import NoticeDelivery, State
from yilian.kernel.notices.robot_keeping import KEEPERS
from yilian.kernel.notices.robots import robot_kinds
from yilian.kernel.pages.page import Page


class Deliveries(Page):
    """`/messages/deliveries/`: the messages of this institution through every channel, the newest first."""

    template = "pages/notices/deliveries.html"
    part = "pages/notices/deliveries_part.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        self.insist(*KEEPERS)
        state, before = request.GET.get("state", ""), request.GET.get("before", "")
        key = int(before) if before.isascii() and before.isdigit() and len(before) < 18 else None
        rows = delivery_log.newest(self.actor, state=state, before=key)
        titles = {item.key: item.title for item in (*channels, *robot_kinds)}
        context = {
            "rows": [(row, titles.get(row.channel, row.channel)) for row in rows[: delivery_log.PAGE]],
            "next": rows[delivery_log.PAGE - 1].pk if len(rows) > delivery_log.PAGE else None,
            "states": State.choices,
            "state": state,
        }
        return self.show(context)


class Again(Page):
    """`/messages/deliveries/<id>/again/`: POST sends a dead message again."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = NoticeDelivery.objects.filter(pk=pk, institution_id=self.actor.institution_id).first()
        if row is None:
            raise Http404(str(pk))
        self.insist(*KEEPERS)
        delivery_log.send_again(row, by=self.actor)
        messages.success(request, _("已重新发送，请稍后查看结果"))
        return HttpResponseRedirect(reverse("deliveries"))
