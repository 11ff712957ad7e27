"""The page of a consortium's meetings in a year: what is wanted when, and what stands for it."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from yilian.domains.governance.meeting.planning import Stage, plan
from yilian.domains.governance.pages import Governed
from yilian.kernel import clock
from yilian.registry.consortia import is_member

TITLES = {
    Stage.HELD: (_("已召开"), "success"),
    Stage.CALLED: (_("已安排"), "info"),
    Stage.OPEN: (_("待召集"), "warning"),
    Stage.MISSED: (_("未召开"), "danger"),
}
FIRST_YEAR, LAST_YEAR = 2000, 2100


class Plan(Governed):
    """`/consortia/<id>/meetings/`: `year=` names another year than this one; what is asked in vain is this one."""

    template = "governance/plan.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        today = clock.today()
        asked = request.GET.get("year", "")
        year = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else today.year
        year = year if FIRST_YEAR <= year <= LAST_YEAR else today.year
        slots = plan(self.consortium, year)
        lines = [(slot, *TITLES[slot.stage], slot.stage == Stage.OPEN and slot.period.last >= today) for slot in slots]
        return self.show({
            "consortium": self.consortium, "year": year, "lines": lines, "openable": self.openable("meeting"),
            "held": sum(slot.stage == Stage.HELD for slot in slots),
            "belongs": is_member(self.actor.institution_id, self.consortium.pk, today),
        })  # fmt: skip
