"""The in-patients of one's own institution as a list; looking at one and deciding is the report's page."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse

from yilian.domains.inpatient.models import Stay
from yilian.domains.inpatient.reporting import READERS
from yilian.domains.inpatient.sheet import KEY
from yilian.kernel.imports.sheet import sheets
from yilian.kernel.pages.page import Page

SHOWN = 30
STATES: dict[str, dict[str, Any]] = {
    "": {"discharged_on__isnull": True},
    "fit": {"discharged_on__isnull": True, "fit_since__isnull": False},
    "gone": {"discharged_on__isnull": False},
}


class List(Page):
    """`/inpatients/`: who lies here; `state=fit` those whom somebody holds fit, `gone` those who have left."""

    template = "inpatient/stays.html"
    part = "inpatient/stays_part.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        self.insist(*READERS)
        given = request.GET
        state, text = given.get("state", ""), given.get("q", "").strip()[:60]
        state = state if state in STATES else ""
        page = given.get("page", "1")
        number = max(1, int(page)) if page.isdecimal() and len(page) < 6 else 1
        rows = _named(Stay.objects.filter(institution_id=self.actor.institution_id, **STATES[state]), text)
        found = list(rows.select_related("patient", "department")[(number - 1) * SHOWN : number * SHOWN + 1])
        answer = self.show({
            "lines": found[:SHOWN],
            "next": number + 1 if len(found) > SHOWN else None,
            "page": number,
            "state": state,
            "text": text,
            "may_import": sheets[KEY].is_for(self.actor),
        })  # fmt: skip
        answer.headers["Cache-Control"] = "no-store"
        return answer


def _named(rows: QuerySet[Stay], text: str) -> QuerySet[Stay]:
    if not text:
        return rows
    return rows.filter(
        Q(admission_number=text) | Q(patient__name=text) | Q(bed=text) | Q(department__name__contains=text)
        | Q(diagnosis_name__contains=text)
    )  # fmt: skip
