"""`/data-quality/`: coverage of feeds by member and month, scores, and which indicators lack data."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from yilian.domains.encounter import api as feeds
from yilian.kernel import audit, clock
from yilian.kernel.indicators.standing import standing
from yilian.kernel.pages.export import TYPE, workbook
from yilian.kernel.pages.page import Page
from yilian.kernel.workflow.case_type import Column
from yilian.reports.cockpit.watching import View, members_of_view, views_for
from yilian.reports.data_quality.gathering import Quality, Row, gather
from yilian.reports.data_quality.menu import READERS


class QualityPage(Page):
    """What the page and its workbook share: whom they are about, and which feed."""

    @cached_property
    def views(self) -> list[View]:
        return views_for(self.actor, clock.today())

    @cached_property
    def view(self) -> View | None:
        wanted = self.request.GET.get("consortium", "")
        return next((view for view in self.views if view.key == wanted), next(iter(self.views), None))

    @cached_property
    def fact(self) -> str:
        wanted = self.request.GET.get("fact", "")
        return wanted if wanted in feeds.fed_facts else next(iter(feeds.fed_facts))

    @cached_property
    def quality(self) -> Quality | None:
        today = clock.today()
        return gather(self.view, members_of_view(self.view, today), self.fact, today) if self.view else None


class DataQuality(QualityPage):
    """`/data-quality/`: the table, the scores, and what is unknown."""

    template = "data_quality/page.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        self.insist(*READERS)
        answer = self.show({
            "views": self.views,
            "view": self.view,
            "facts": list(feeds.fed_facts.items()),
            "fact": self.fact,
            "quality": self.quality,
            "dimensions": list(feeds.dimensions.values()),
            "standing": standing(),
        })  # fmt: skip
        answer.headers["Cache-Control"] = "no-store"
        return answer


class Export(QualityPage):
    """`/data-quality/export.xlsx`: the table one looks at. Recorded."""

    def get(self, request: HttpRequest) -> HttpResponse:
        self.insist(*READERS)
        quality = self.quality
        months = [f"{month:%Y-%m}" for month in quality.months] if quality else []
        titles: list[Any] = [
            _("机构"),
            _("名次"),
            _("得分"),
            *feeds.dimensions.values(),
            _("报送行数"),
            _("退回行数"),
            *months,
        ]
        rows = quality.rows if quality else ()
        audit.record(self.actor, "exported", object_kind="data_quality", detail={"rows": len(rows)})
        columns = [Column(f"c{place}", title) for place, title in enumerate(titles)]
        content = workbook(str(_("数据质量")), columns, (list(_cells(row)) for row in rows))
        answer = HttpResponse(content, content_type=TYPE)
        answer.headers["Content-Disposition"] = f'attachment; filename="data-quality-{clock.today():%Y%m%d}.xlsx"'
        return answer


def _cells(row: Row) -> Iterator[str]:
    """Yield the cells of a member; what was never fed stays empty."""
    score = row.score
    yield row.place.name
    figures = (
        (score.rank, score.total, score.complete, score.consistent, score.timely, score.received, score.rejected)
        if score
        else ("",) * 7
    )
    yield from (str(figure) for figure in figures)
    yield from (str(cell.fed.received) if cell.fed else "" for cell in row.cells)
