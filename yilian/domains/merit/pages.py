"""The register of merits and penalties that were published, as far as the reader's institution may know them."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from yilian.domains.merit.case_type import merit_type
from yilian.domains.merit.menu import READERS
from yilian.domains.merit.models import Merit, MeritState, Nature
from yilian.kernel.pages.page import Page

STANDING = (MeritState.OWING, MeritState.IN_FORCE)
PAST = (MeritState.EXPIRED,)
MOST = 300


class Register(Page):
    """`/merits/`: what is in force; `nature=` narrows, `past=1` shows what has lapsed as well."""

    template = "merit/register.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        self.insist(*READERS)
        nature, wants_past = request.GET.get("nature", ""), request.GET.get("past", "") == "1"
        rows = Merit.objects.filter(state__in=(*STANDING, *PAST) if wants_past else STANDING)
        if nature in Nature.values:
            rows = rows.filter(nature=nature)
        found = rows.select_related("target", "consortium").order_by("-published_on", "-pk")[:MOST]
        return self.show({
            "lines": [_line(row) for row in found],
            "nature": nature,
            "natures": Nature.choices,
            "wants_past": wants_past,
            "may_propose": merit_type.may_open(self.actor.roles) is not None,
        })  # fmt: skip


def _line(row: Merit) -> dict[str, Any]:
    is_penalty = row.nature == Nature.PENALTY
    return {
        "merit": row,
        "nature_tone": "danger" if is_penalty else "success",
        "state": merit_type.state_title(row.state),
        "tone": merit_type.tone(row.state),
    }
