"""The page of patients between two institutions: who answers for each, since when, and how late."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from yilian.kernel.pages.page import Page
from yilian.kernel.pages.person_words import person_words
from yilian.reports.white_period.gathering import gather
from yilian.reports.white_period.menu import READERS

LATE = "late"


class Whereabouts(Page):
    """`/whereabouts/`: on the road, expected and not there, sent down and not yet seen; `only=late` narrows."""

    template = "white_period/whereabouts.html"
    part = "white_period/whereabouts_part.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        self.insist(*READERS)
        only_late = request.GET.get("only", "") == LATE
        found = gather(self.actor, only_late=only_late)
        answer = self.show({
            "found": found,
            "only_late": only_late,
            "on_the_way": _named(found.on_the_way),
            "not_there": _named(found.not_there),
            "after_return": _named(found.after_return),
        })  # fmt: skip
        answer.headers["Cache-Control"] = "no-store"
        return answer


def _named(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the lines with who the patient is in words, "" where the reader does not know them."""
    return [line | {"who": person_words(line["patient"] or "", line["sex"], line["birth_on"])} for line in lines]
