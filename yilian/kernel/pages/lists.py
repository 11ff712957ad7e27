"""The list of a case type: query bar, rows, pages, columns, saved filters."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from yilian.kernel.pages import columns
from yilian.kernel.pages.cases import KindPage
from yilian.kernel.pages.drawing import table_rows
from yilian.kernel.pages.models import SavedFilter
from yilian.kernel.pages.query_bar import Query, place_words
from yilian.kernel.rows import where
from yilian.kernel.workflow import queries
from yilian.kernel.workflow.queries import PAGE, Row

YEAR = 365 * 24 * 3600
MOST_SAVED = 20
SAVED = "user_id = %s and kind = %s order by id"


class List(KindPage):
    """`/<kind>/`: the cases of one type that this institution takes part in, newest first."""

    part = "pages/list_part.html"

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        self.template = self.templates("list")
        return self.show(self.context())

    @cached_property
    def query(self) -> Query:
        return Query(self.kind, self.actor, self.request.GET)

    def context(self) -> dict[str, Any]:
        """Return the rows of this page and what leads to the next and the previous one."""
        rows = queries.newest(self.kind, self.actor, self.query.filter())
        rows, has_more = self._page(rows)
        shown = columns.chosen(self.kind, self.request)
        parties = queries.party_names([row["id"] for row in rows]) if _needs_parties(shown) else {}
        return self._turning(rows, has_more) | {
            "kind": self.kind,
            "query": self.query,
            "columns": shown,
            "count": len(rows),
            "body": table_rows(columns.Reader(self.kind, shown, parties), rows),
            "counts": self._counts(),
            "all_columns": [(column, column in shown) for column in columns.columns_of(self.kind)],
            "saved": where(SavedFilter, SAVED, [self.actor.user_id, self.kind.key]),
            "walk": queries.WALK if self.query.is_walk else 0,
            "may_open": self.kind.may_open(self.actor.roles) is not None,
        }

    def _turning(self, rows: list[Row], has_more: bool) -> dict[str, Any]:
        """Return what leads to the next and the previous page; an ordered list goes forwards, and back to its start."""
        if self.query.order:
            following = place_words(rows[-1]) if has_more else None
            return {"next": None, "previous": None, "on": following, "is_first": not self.query.text("after")}
        return {
            "next": rows[-1]["id"] if rows and (has_more or self.query.text("after")) else None,
            "previous": rows[0]["id"] if rows and self._has_previous(has_more) else None,
        }

    def _page(self, rows: list[Row]) -> tuple[list[Row], bool]:
        """Cut the one row too many that says there is another page."""
        has_more = len(rows) > PAGE
        if self.query.text("after") and not self.query.order:
            return rows[-PAGE:], has_more
        return rows[:PAGE], has_more

    def _has_previous(self, has_more: bool) -> bool:
        return bool(self.query.text("before")) or (bool(self.query.text("after")) and has_more)

    def _counts(self) -> list[tuple[str, str, int]]:
        """(state, title, how many) of the open states that hold cases."""
        found = queries.badges(self.kind, self.actor)
        return [(state, self.kind.state_title(state), count) for state, count in found.items() if count]


def _needs_parties(shown: list[columns.Column]) -> bool:
    return any(column.name.startswith("side:") for column in shown)


class Columns(KindPage):
    """Keeps in a cookie which columns one wants to see: it belongs to the screen."""

    def post(self, request: HttpRequest, kind: str) -> HttpResponse:
        known = {column.name.replace(":", "-") for column in columns.columns_of(self.kind)}
        wish = [name for name in request.POST.getlist("column") if name in known]
        answer = HttpResponseRedirect(f"/{self.kind.key}/")
        if "reset" in request.POST or not wish:
            answer.delete_cookie(columns.cookie_of(self.kind))
        else:
            answer.set_cookie(columns.cookie_of(self.kind), ".".join(wish), max_age=YEAR, samesite="Lax")
        return answer


class Saved(KindPage):
    """Keeps the present query under a name, or forgets one."""

    def post(self, request: HttpRequest, kind: str) -> HttpResponse:
        mine = SavedFilter.objects.filter(user_id=cast(int, self.actor.user_id), kind=self.kind.key)
        query = Query(self.kind, self.actor, request.POST)
        if forget := request.POST.get("forget", ""):
            mine.filter(pk=int(forget) if forget.isdecimal() else 0).delete()
            return HttpResponseRedirect(f"/{self.kind.key}/")
        title = request.POST.get("title", "").strip()[:40]
        if title and query.is_narrow and mine.count() < MOST_SAVED:
            mine.update_or_create(title=title, defaults={"query": query.address()}, create_defaults={
                "user_id": self.actor.user_id, "kind": self.kind.key, "query": query.address()})  # fmt: skip
            messages.success(request, _("已保存筛选「{title}」").format(title=title))
        else:
            messages.warning(
                request, _("没有保存：请先设置筛选条件并填写名称（最多 {most} 个）").format(most=MOST_SAVED)
            )
        return HttpResponseRedirect(f"/{self.kind.key}/?{query.address()}")
