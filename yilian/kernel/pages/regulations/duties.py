"""义务日历: what this institution owes or watches, how it stands, and the rows that prove it."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from yilian.kernel import clock
from yilian.kernel.deadlines.obligation import obligations
from yilian.kernel.deadlines.standing import Standing, State, standings
from yilian.kernel.pages.page import Page

TITLES = {
    State.BROKEN: (_("未履行"), "danger"),
    State.DUE: (_("待履行"), "warning"),
    State.UNKNOWN: (_("无法判断"), "default"),
    State.NOT_YET: (_("尚未起算"), "info"),
    State.KEPT: (_("已履行"), "success"),
}
PAGE = 50


class Duties(Page):
    """`/obligations/`: `?on=` looks from another day, `?state=` and `?only=` narrow."""

    template = "pages/regulations/duties.html"
    part = "pages/regulations/duties_part.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        found = standings(self.actor.institution_id, self.on, self._wanted())
        wanted = request.GET.get("state", "")
        shown = [item for item in found if not wanted or item.state == wanted]
        start = self._start(len(shown))
        return self.show(
            {
                "rows": [(item, *TITLES[item.state]) for item in shown[start : start + PAGE]],
                "tabs": self._tabs(found),
                "state": wanted,
                "on": self.on,
                "only": request.GET.get("only", ""),
                "obligations": list(obligations),
                "next": start + PAGE if start + PAGE < len(shown) else None,
                "previous": start - PAGE if start else None,
            }
        )

    @cached_property
    def on(self) -> date:
        try:
            return date.fromisoformat(self.request.GET.get("on", ""))
        except ValueError:
            return clock.today()

    def _wanted(self) -> list | None:
        only = obligations.get(self.request.GET.get("only", ""))
        return None if only is None else [only]

    def _start(self, length: int) -> int:
        text = self.request.GET.get("from", "")
        return min(int(text), length) // PAGE * PAGE if text.isdecimal() else 0

    @staticmethod
    def _tabs(found: list[Standing]) -> list[tuple[str, str, int]]:
        counts = [
            (state, title, sum(item.state == state for item in found)) for state, (title, _tone) in TITLES.items()
        ]
        return [("", _("全部"), len(found)), *counts]  # type: ignore[list-item]
