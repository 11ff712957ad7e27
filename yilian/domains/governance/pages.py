"""The page of a consortium's bodies: the chart with its seats, and who answers for the consortium at each member."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from yilian.domains.governance.bodies.chart import chart, contacts
from yilian.domains.governance.bodies.contacting import CONTACT, may_name, name_contact
from yilian.domains.governance.models import Contact
from yilian.kernel import clock
from yilian.kernel.pages import asking
from yilian.kernel.workflow.answers import BadAnswersError, clean
from yilian.kernel.workflow.case_type import case_types
from yilian.registry.consortia import is_member
from yilian.registry.pages.consortia import OfConsortium
from yilian.registry.regulations import S4

OPENABLE = ("body", "appointment", "motion", "meeting")


class Governed(OfConsortium):
    """A page of a consortium from which its lead opens cases."""

    def openable(self, *keys: str) -> list[Any]:
        """Return what of these kinds of cases the lead's people may open from here."""
        if self.consortium.ended_on or self.consortium.lead_id != self.actor.institution_id:
            return []
        kinds = [case_types[key] for key in keys]
        return [kind for kind in kinds if kind.may_open(self.actor.roles)]


class Bodies(Governed):
    """`/consortia/<id>/bodies/`: GET shows the chart; POST keeps the contact of the reader's own institution."""

    template = "governance/bodies.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        own = Contact.objects.filter(consortium=self.consortium, institution=self.actor.institution_id).first()
        given = {ask.name: getattr(own, ask.name) for ask in CONTACT} if own else {}
        return self.show(self._context(given, {}))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not may_name(self.actor, self.consortium.pk):
            raise PermissionDenied(_("对接部门和联系人由成员单位自己填写。"))
        raw = asking.sent(CONTACT, request.POST)
        try:
            given = clean(CONTACT, raw, self.actor)
        except BadAnswersError as bad:
            return self.show(self._context(raw, bad.errors), 422)
        answers = {ask.name: given.get(ask.name) or "" for ask in CONTACT}
        name_contact(by=self.actor, consortium_id=self.consortium.pk, **answers)
        return HttpResponseRedirect(f"/consortia/{self.consortium.pk}/bodies/")

    def _context(self, raw: dict[str, Any], errors: dict[str, str]) -> dict[str, Any]:
        consortium, on = self.consortium, clock.today()
        belongs = is_member(self.actor.institution_id, consortium.pk, on)
        return {
            "consortium": consortium,
            "on": on,
            "tiers": chart(consortium, on),
            "contacts": contacts(consortium, on) if belongs else [],
            "fields": asking.fields_of(CONTACT, self.actor, raw, errors),
            "may_name": may_name(self.actor, consortium.pk),
            "errors": errors,
            "openable": self.openable(*OPENABLE),
            "cite": S4.article("6.2.4"),
        }
