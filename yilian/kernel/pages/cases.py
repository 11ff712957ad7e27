"""One case: its page, its printed page, and what every page of a case starts from."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property

from yilian.kernel import audit, rows
from yilian.kernel.pages import panels
from yilian.kernel.pages.page import Page
from yilian.kernel.pages.person_words import person_words
from yilian.kernel.pages.standing import Standing
from yilian.kernel.workflow import storing
from yilian.kernel.workflow.case_type import CaseType, case_types
from yilian.kernel.workflow.concealing import conceal
from yilian.kernel.workflow.models import Case


class KindPage(Page):
    """A page of one case type; an unknown type is 404."""

    @cached_property
    def kind(self) -> CaseType:
        found = case_types.get(self.kwargs["kind"])
        if found is None:
            raise Http404(self.kwargs["kind"])
        return found

    def templates(self, name: str) -> list[str]:
        """Return the template of this case type, then the one for all."""
        return [f"{self.kind.key}/{name}.html", f"pages/{name}.html"]


class CasePage(KindPage):
    """A page of one case. Row security hides what is none of the actor's business: 404, as if it did not exist."""

    @cached_property
    def case(self) -> Case:
        return self.find(self.kwargs["pk"])

    def find(self, pk: UUID) -> Case:
        """Return a case of this type that the actor may see; raises Http404."""
        found = rows.read(self.kind.model, pk)
        if found is None:
            raise Http404(str(pk))
        storing.read_sides(found)
        conceal(found)
        return found

    def about(self) -> dict[str, Any]:
        """Return what every template of a case needs."""
        patient = self.case.patient
        who = person_words(patient.name, patient.sex, patient.birth_on) if patient else ""
        return {"case": self.case, "kind": self.kind, "who": who, "standing": Standing(self.case, self.actor)}


class Detail(CasePage):
    """The page of a case. Reading it is recorded."""

    def get(self, request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
        audit.record(self.actor, "viewed", object_kind=self.case.kind, object_id=self.case.pk)
        cards, aside = panels.cards_of(self.case, self.actor)
        self.template = self.templates("detail")
        may_copy = self.kind.may_open(self.actor.roles) is not None
        drawn = {"cards": cards, "aside": aside, "last_said": _last_said(cards)}
        return self.show(self.about() | drawn | {"may_copy": may_copy})


def _last_said(cards: list[panels.Card]) -> int:
    """Return the key of the last message that the page shows."""
    said = [message.pk for card in cards if card.key == "messages" for message in card.context.get("said", ())]
    return max(said, default=0)


class Print(CasePage):
    """The case on paper: facts and history without the frame. Printing it is recorded."""

    def get(self, request: HttpRequest, kind: str, pk: UUID) -> HttpResponse:
        audit.record(self.actor, "printed", object_kind=self.case.kind, object_id=self.case.pk)
        cards, aside = panels.cards_of(self.case, self.actor, for_paper=True)
        self.template = self.templates("print")
        return self.show(self.about() | {"cards": [*cards, *aside]})
