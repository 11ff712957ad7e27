"""Signing in by QR code: the code that the lead shows in the room, and the page that a phone comes to."""

import io
from typing import Any
from uuid import UUID

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from yilian.domains.governance.meeting.attendance import expected
from yilian.domains.governance.meeting.codes import code_of
from yilian.domains.governance.models import Meeting, MeetingState
from yilian.domains.governance.parameters import CODE_MINUTES
from yilian.kernel import rows
from yilian.kernel.pages.page import Page
from yilian.kernel.rules.values import value_of
from yilian.kernel.workflow import storing
from yilian.kernel.workflow.engine import take
from yilian.kernel.workflow.refusals import Refused


class MeetingPage(Page):
    """A page of a meeting; strangers find none."""

    @cached_property
    def meeting(self) -> Meeting:
        found = rows.read(Meeting, self.kwargs["pk"])
        if found is None:
            raise Http404(str(self.kwargs["pk"]))
        storing.read_sides(found)
        return found


class Code(MeetingPage):
    """`/meetings/<id>/code/`: the code to scan while a meeting is called; for the lead only, made anew each time."""

    template = "governance/code.html"

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        if self.meeting.lead_id != self.actor.institution_id:
            raise Http404(str(pk))
        address = f"{settings.PUBLIC_URL.rstrip('/')}/meetings/{pk}/arrive/?code={code_of(pk)}"
        return self.show(
            {
                "meeting": self.meeting,
                "drawing": _drawn(address) if self.meeting.state == MeetingState.CALLED else "",
                "minutes": int(value_of(CODE_MINUTES)),
                "lines": expected(self.meeting),
            }
        )


def _drawn(address: str) -> SafeString:
    """Return the QR code of an address as SVG."""
    drawing = io.BytesIO()
    segno.make_qr(address, error="m").save(drawing, kind="svg", border=2, xmldecl=False, omitsize=True)
    return mark_safe(drawing.getvalue().decode())  # noqa: S308 - made of our own address


class Arrive(MeetingPage):
    """`/meetings/<id>/arrive/?code=…`: GET asks on the phone, POST signs in for one's institution."""

    template = "governance/arrive.html"

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return self.show(self._context(request.GET.get("code", "")))

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        code = request.POST.get("code", "")
        try:
            take(self.meeting, "sign_in", by=self.actor, code=code[:100], signed_by=self.actor.name)
        except Refused as refusal:
            return self.show(self._context(code) | {"reasons": refusal.reasons}, 422)
        messages.success(request, _("已为{place}签到").format(place=self.actor.institution_name))
        return HttpResponseRedirect(self.meeting.get_absolute_url())

    def _context(self, code: str) -> dict[str, Any]:
        return {"meeting": self.meeting, "code": code}
