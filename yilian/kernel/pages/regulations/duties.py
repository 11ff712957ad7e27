"""义务日历 as a list: what this institution owes or watches, how it stands, and the rows that prove it."""

from datetime import date
from typing import Any, cast

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from yilian.kernel import audit, clock
from yilian.kernel.deadlines.obligation import Obligation, obligations
from yilian.kernel.deadlines.standing import Standing, State, standings
from yilian.kernel.pages.export import TYPE, workbook
from yilian.kernel.pages.page import Page
from yilian.kernel.workflow.case_type import Column

TITLES = {
    State.BROKEN: (_("未履行"), "danger"),
    State.DUE: (_("待履行"), "warning"),
    State.UNKNOWN: (_("无法判断"), "default"),
    State.NOT_YET: (_("尚未起算"), "info"),
    State.KEPT: (_("已履行"), "success"),
}
PAGE = 50
FARTHEST_YEARS = 20
"""Beyond these years from today nobody plans, and a calendar may end."""
COLUMNS = [
    Column("state", _("情况"), "state"), Column("title", _("事项")), Column("rhythm", _("频次")),
    Column("cite", _("依据")), Column("who", _("由谁")), Column("last", _("最后期限"), "date"),
    Column("evidence", _("凭据")),
]  # fmt: skip


def is_near(day: date, today: date) -> bool:
    """Say whether a day lies within the years that obligations are reckoned for."""
    return abs(day.year - today.year) <= FARTHEST_YEARS


class Asked(Page):
    """What was asked for: one obligation or all, one consortium or all, seen from a day."""

    @cached_property
    def on(self) -> date:
        today = clock.today()
        try:
            asked = date.fromisoformat(self.request.GET.get("on", ""))
        except ValueError:
            return today
        return asked if is_near(asked, today) else today

    @cached_property
    def only(self) -> Obligation | None:
        return obligations.get(self.request.GET.get("only", ""))

    @cached_property
    def consortium(self) -> int | None:
        text = self.request.GET.get("consortium", "")
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None

    @property
    def wanted(self) -> list[Obligation] | None:
        return None if self.only is None else [self.only]

    @property
    def choices(self) -> dict[str, Any]:
        """What the query bar offers: the consortia are those of which this institution owes or watches something."""
        return {
            "only": self.only.key if self.only else "",
            "obligations": list(obligations),
            "consortium": self.consortium,
            "consortia": self._consortia(),
        }

    def _consortia(self) -> list[tuple[int, str]]:
        model = cast(Any, apps.get_model(settings.CONSORTIUM_MODEL))
        seen = (subject for obligation in obligations for subject in obligation.subjects(clock.today()))
        keys = {one.consortium_id for one in seen if one.is_seen_by(self.actor.institution_id)}
        return list(model.objects.filter(pk__in=keys - {None}).order_by("pk").values_list("pk", "name"))


class Duties(Asked):
    """`/obligations/`: `?on=` looks from another day, `?state=`, `?only=` and `?consortium=` narrow."""

    template = "pages/regulations/duties.html"
    part = "pages/regulations/duties_part.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        found = standings(self.actor.institution_id, self.on, self.wanted, self.consortium)
        wanted = request.GET.get("state", "")
        shown = [item for item in found if not wanted or item.state == wanted]
        start = self._start(len(shown))
        kept = request.GET.copy()
        kept.pop("from", None)
        tabs = kept.copy()
        tabs.pop("state", None)
        return self.show(
            self.choices
            | {
                "rows": [(item, *TITLES[item.state]) for item in shown[start : start + PAGE]],
                "tabs": self._tabs(found),
                "state": wanted,
                "on": self.on,
                "kept": kept.urlencode(),
                "tabs_query": tabs.urlencode(),
                "next": start + PAGE if start + PAGE < len(shown) else None,
                "previous": start - PAGE if start else None,
            }
        )

    def _start(self, length: int) -> int:
        text = self.request.GET.get("from", "")
        return min(int(text), length) // PAGE * PAGE if text.isdecimal() else 0

    @staticmethod
    def _tabs(found: list[Standing]) -> list[tuple[str, str, int]]:
        counts = [
            (state, title, sum(item.state == state for item in found)) for state, (title, _tone) in TITLES.items()
        ]
        return [("", _("全部"), len(found)), *counts]  # type: ignore[list-item]


class Export(Asked):
    """`/obligations/export.xlsx`: the list as it is narrowed. Recorded."""

    def get(self, request: HttpRequest) -> HttpResponse:
        found = standings(self.actor.institution_id, self.on, self.wanted, self.consortium)
        wanted = request.GET.get("state", "")
        shown = [item for item in found if not wanted or item.state == wanted]
        audit.record(self.actor, "exported", object_kind="obligation", detail={"rows": len(shown)})
        answer = HttpResponse(workbook(str(_("义务日历")), COLUMNS, map(cells, shown)), content_type=TYPE)
        answer.headers["Content-Disposition"] = f'attachment; filename="obligations-{self.on:%Y%m%d}.xlsx"'
        return answer


def cells(item: Standing) -> list[str]:
    """Return a standing as the workbook writes it."""
    obligation = item.obligation
    evidence = "；".join(f"{one.label} {one.on}" for one in item.evidence)
    state, _tone = TITLES[item.state]
    what = [str(state), str(obligation.title), obligation.sentence, str(obligation.cite)]
    return [*what, item.subject.label, item.last_day.isoformat(), evidence]
