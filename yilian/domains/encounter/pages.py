"""Reporting care data: what was reported of which month, sending a file, and what came of it."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from yilian.domains.encounter import api
from yilian.domains.encounter.columns import FACTS, FILES, FileColumn
from yilian.domains.encounter.models import Feed, FeedState
from yilian.domains.encounter.returning import template
from yilian.domains.encounter.rules import CONTENTS, checks_of
from yilian.domains.encounter.star import REPORTERS
from yilian.domains.encounter.taking_in import CONTEXT, READERS, take_in
from yilian.kernel import clock
from yilian.kernel.clock.periods import add_months
from yilian.kernel.indicators.standing import standing
from yilian.kernel.pages.export import TYPE
from yilian.kernel.pages.page import Page
from yilian.kernel.sealing import unseal_bytes

SHOWN, MONTHS = 20, 12
MOST_BYTES = 20 * 1024 * 1024


class List(Page):
    """`/feeds/`: for each kind of data the last twelve months, then the latest reports."""

    template = "encounter/feeds.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        self.insist(*READERS)
        mine = self.actor.institution_id
        rows = Feed.objects.filter(institution_id=mine).defer("source", "rejected")[:SHOWN]
        months = list(_last_months())
        lines = [_line(fact, mine, months) for fact in FACTS]
        may = self.actor.may(*REPORTERS)
        return self.show({"lines": lines, "months": months, "feeds": rows, "may_report": may, "standing": standing()})


def _last_months() -> Iterator[int]:
    """Yield the twelve months before this one (yyyymm), the oldest first."""
    today = clock.today().replace(day=1)
    for back in range(-MONTHS, 0):
        month = add_months(today, back)
        yield month.year * 100 + month.month


def _line(fact: str, institution_id: int, months: list[int]) -> dict[str, Any]:
    asked = {"institution_ids": [institution_id], "fact": fact, "first": months[0], "last": months[-1]}
    fed = {row.month: row for row in api.coverage(**asked)}
    score = next(iter(api.scores(**asked)), None)
    missing = sum(not (month in fed and fed[month].is_covered) for month in months)
    cells = [fed.get(month) for month in months]
    return {"fact": fact, "title": FACTS[fact].title, "cells": cells, "score": score, "missing": missing}


class _OfFact(Page):
    @cached_property
    def fact(self) -> str:
        """The kind of data of the address; raises Http404 for one that nobody feeds."""
        self.insist(*REPORTERS)
        if self.kwargs["fact"] not in FACTS:
            raise Http404(self.kwargs["fact"])
        return str(self.kwargs["fact"])


class Upload(_OfFact):
    """`/feeds/new/<fact>/`: choose a file, try it or report it."""

    template = "encounter/feed_new.html"

    def get(self, request: HttpRequest, fact: str) -> HttpResponse:
        return self.page()

    def post(self, request: HttpRequest, fact: str) -> HttpResponse:
        upload = request.FILES.get("file")
        if upload is None or not upload.size:
            return self.page(_("请选择要报送的文件"))
        if upload.size > MOST_BYTES:
            return self.page(_("文件超过%(most)sMB，请按月或按周分批报送") % {"most": MOST_BYTES // 1024 // 1024})
        is_dry = request.POST.get("mode") != "report"
        name = (upload.name or "").replace("\0", "")
        feed = take_in(self.fact, by=self.actor, file_name=name, content=upload.read(), is_dry=is_dry)
        return HttpResponseRedirect(f"/feeds/{feed.pk}/")

    def page(self, fault: str = "") -> HttpResponse:
        """Show the form, with what is wrong with the file."""
        columns = [(column, _content(column)) for column in FILES[self.fact]]
        context = {"key": self.fact, "title": FACTS[self.fact].title, "columns": columns, "fault": fault}
        return self.show(context, status=422 if fault else 200)


def _content(column: FileColumn) -> str:
    return _("、").join(map(str, column.choices.values())) or str(CONTENTS[column.kind])


class Template(_OfFact):
    """`/feeds/new/<fact>/template.xlsx`."""

    def get(self, request: HttpRequest, fact: str) -> HttpResponse:
        return _workbook(template(self.fact), f"{self.fact}-template.xlsx")


class _OfFeed(Page):
    @cached_property
    def feed(self) -> Feed:
        """The report of the address; row security hides those of other institutions."""
        self.insist(*READERS)
        found = Feed.objects.defer("source").filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404(str(self.kwargs["pk"]))
        return found


class Detail(_OfFeed):
    """`/feeds/<pk>/`: what came of it; the part asks again until it is judged."""

    template = "encounter/feed.html"
    part = "encounter/feed_part.html"

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        feed = self.feed
        known = {check.key: check for check in checks_of(feed.fact)}
        broken = [(known[key], count) for key, count in feed.broken.items() if key in known]
        may = self.actor.may(*REPORTERS)
        stands = standing() if feed.state == FeedState.TAKEN else None
        answer = self.show({
            "feed": feed, "broken": broken, "has_rejected": feed.rejected is not None, "may_report": may,
            "standing": stands, "is_counted": stands is not None and stands.holds(feed.ended_at),
        })  # fmt: skip
        answer.headers["Cache-Control"] = "no-store"
        return answer


class Rejected(_OfFeed):
    """`/feeds/<pk>/rejected.xlsx`: the rows that were not taken in, each with its reasons."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        self.insist(*REPORTERS)
        if self.feed.rejected is None:
            raise Http404(str(pk))
        content = unseal_bytes(self.feed.rejected, context=CONTEXT)
        return _workbook(content, f"rejected-{self.feed.begun_at:%Y%m%d%H%M}.xlsx")


def _workbook(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
