"""`/network/`: how the network runs, in four tables for one consortium and period; each figure opens to its rows."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yilian.kernel import audit, clock
from yilian.kernel.access.models import Post
from yilian.kernel.clock.periods import BadPeriodError, Period, parse, period_of
from yilian.kernel.indicators.evaluation import Value, evaluate
from yilian.kernel.indicators.indicator import indicators
from yilian.kernel.pages.export import TYPE, workbook
from yilian.kernel.pages.page import Page
from yilian.kernel.workflow.case_type import Column, case_types
from yilian.kernel.workflow.models import Case, Happening
from yilian.registry.models import Consortium, Institution
from yilian.reports.network import leagues
from yilian.reports.network.overseen import consortia_for, places_in
from yilian.reports.network.tables import HOPS, MEMBERS, MOST, QUALITY, READERS, SHORT, TABLES, Table

SHOWN = 50


class NetworkPage(Page):
    """What the page, its rows and its workbook share: the consortium, the period and the table of the address."""

    @cached_property
    def consortia(self) -> list[Consortium]:
        return consortia_for(self.actor, clock.today())

    @cached_property
    def consortium(self) -> Consortium | None:
        wanted = self.request.GET.get("consortium", "")
        return next((row for row in self.consortia if str(row.pk) == wanted), next(iter(self.consortia), None))

    @cached_property
    def period(self) -> Period:
        """The period asked for, else the running quarter."""
        try:
            return parse(self.request.GET.get("period", ""))
        except BadPeriodError:
            return period_of(clock.today(), 3)

    @cached_property
    def tab(self) -> str:
        wanted = self.request.GET.get("tab", "")
        return wanted if wanted in TABLES else "members"

    @cached_property
    def places(self) -> list[Institution]:
        return places_in(self.consortium, clock.today()) if self.consortium else []

    @cached_property
    def lines(self) -> list[leagues.Line]:
        if self.consortium is None:
            return []
        return self.table.make(leagues.Extent(self.consortium.pk, tuple(self.places), self.period))

    def head(self) -> list[str]:
        """Return the titles of the columns of figures."""
        return [str(SHORT.get(key, indicators[key].title)) for key in self.table.columns]

    @property
    def table(self) -> Table:
        return TABLES[self.tab]


class Network(NetworkPage):
    """`/network/`: members, hops, services or reasons."""

    template = "network/network.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        self.insist(*READERS)
        usual = [period_of(clock.today(), months) for months in (1, 3, 12)]
        answer = self.show({
            "consortia": self.consortia,
            "consortium": self.consortium,
            "period": self.period,
            "periods": [period.label for period in (*usual, *(period.before() for period in usual))],
            "tabs": [(key, table.title) for key, table in TABLES.items()],
            "tab": self.tab,
            "head": self.head(),
            "lines": [(line, list(self._figures(line))) for line in self.lines],
        })  # fmt: skip
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def _figures(self, line: leagues.Line) -> Iterator[tuple[str, Value | None, Value | None, str]]:
        """Yield title, value, ninth decile and the address of the rows of each column."""
        place, group = _key(self.tab, line)
        for key in self.table.columns:
            value = line.values.get(key)
            asked = {"key": key, "consortium": self.consortium.pk if self.consortium else "", "place": place}
            asked |= {"period": self.period.label} | group
            address = "&".join(f"{name}={quote(str(word))}" for name, word in asked.items() if word != "")
            title = str(SHORT.get(key, indicators[key].title))
            yield title, value, line.values.get(key + MOST), f"/network/rows/?{address}"


class Export(NetworkPage):
    """`/network/export.xlsx`: the table one looks at. Recorded."""

    def get(self, request: HttpRequest) -> HttpResponse:
        self.insist(*READERS)
        said = (
            [gettext_lazy("说明"), gettext_lazy("最近登录"), gettext_lazy("最近办理")] if self.tab == "members" else []
        )
        titles = [self.table.title, *(indicators[key].title for key in self.table.keys), *said]
        columns = [Column(f"c{place}", title) for place, title in enumerate(titles)]
        audit.record(self.actor, "exported", object_kind="network", detail={"rows": len(self.lines)})
        content = workbook(str(self.table.title), columns, (self._cells(line) for line in self.lines))
        answer = HttpResponse(content, content_type=TYPE)
        answer.headers["Content-Disposition"] = f'attachment; filename="network-{self.tab}-{clock.today():%Y%m%d}.xlsx"'
        return answer

    def _cells(self, line: leagues.Line) -> list[str]:
        values = [value.shown if (value := line.values.get(key)) else "" for key in self.table.keys]
        said = ["；".join(line.why), _minute(line.last_login), _minute(line.last_step)] if self.tab == "members" else []
        return [line.title, *values, *said]


class Rows(NetworkPage):
    """`/network/rows/`: the rows behind one figure, as far as the reader sees them."""

    template = "network/rows.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        self.insist(*READERS)
        value = self._value()
        found = list(_in_order(value.part_rows)[: SHOWN + 1]) if value.part_rows is not None else []
        audit.record(self.actor, "viewed", object_kind="network", object_id=value.indicator.key)
        answer = self.show({
            "value": value,
            "rows": [_named(row) for row in found[:SHOWN]],
            "has_more": len(found) > SHOWN,
            "consortium": self.consortium,
            "period": self.period,
        })  # fmt: skip
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def _value(self) -> Value:
        """Return the figure of the address; raises Http404 for one that is not on the page."""
        given = self.request.GET
        key, place = given.get("key", ""), given.get("place", "")
        known = {row.pk for row in self.places}
        is_known = not place or (place.isdecimal() and len(place) < 10 and int(place) in known)
        if key not in {*MEMBERS, *HOPS, *QUALITY} or not is_known or self.consortium is None:
            raise Http404(key)
        value = evaluate(key, int(place) if place else None, self.consortium.pk, period=self.period)
        rows, service = value.part_rows, given.get("service", "")
        if rows is None:
            return value
        if key in QUALITY and (reason := given.get("reason")):
            rows = rows.filter(**{leagues.REASON: reason})
        if key in {*HOPS, *QUALITY} and service.isdecimal() and len(service) < 10:
            rows = rows.filter(**{leagues.service_of(key): int(service)})
        return replace(value, part_rows=rows)


def _key(tab: str, line: leagues.Line) -> tuple[Any, dict[str, str]]:
    """Return the place and the group of a line, for the address of its rows."""
    if tab == "services":
        return line.key[0], {"service": line.key[1]}
    return ("", {"reason": line.key or ""}) if tab == "reasons" else (line.key, {})


def _in_order(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return rows the newest first, but cases that nobody acts on by how long they have been due."""
    return rows.order_by("due", "pk") if rows.model is Case else rows.order_by("-pk")


def _named(row: Any) -> tuple[str, str]:
    """Return how a row is called, and where it is."""
    if isinstance(row, Post):
        return f"{row.user.full_name} {row}", ""
    if isinstance(row, Happening):
        step = case_types[row.case.kind].flow.step(row.verb)
        text = f"{row.case.number} {step.title if step else row.verb} {row.institution_name} {_minute(row.at)}"
        return text, row.case.get_absolute_url()
    if type(row) is Case:
        kind = case_types[row.kind]
        due = _("时限 {at}，轮到{place}").format(at=_minute(row.due), place=getattr(row, "waits_for", ""))
        return f"{row.number} {kind.title} {kind.state_title(row.state)} {due}", row.get_absolute_url()
    return str(row), row.get_absolute_url() if hasattr(row, "get_absolute_url") else ""


def _minute(moment: Any) -> str:
    return f"{clock.local(moment):%Y-%m-%d %H:%M}" if moment else _("没有")
