"""The filtered list as an Excel workbook."""

from io import BytesIO
from typing import Any

import xlsxwriter
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from yilian.kernel import audit, clock
from yilian.kernel.pages import columns
from yilian.kernel.pages.cases import KindPage
from yilian.kernel.pages.query_bar import Query
from yilian.kernel.workflow import queries
from yilian.kernel.workflow.case_type import Column

MOST_ROWS = 10_000
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = {
    "number": 20,
    "datetime": 18,
    "date": 12,
    "month": 12,
    "institution": 26,
    "state": 12,
    "priority": 10,
    "patient": 12,
}


class Export(KindPage):
    """`/<kind>/export.xlsx`: the columns one sees, of the rows one filtered, at most 10,000. Recorded."""

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        query = Query(self.kind, self.actor, request.GET)
        shown = columns.chosen(self.kind, request)
        rows = queries.newest(self.kind, self.actor, query.filter(limit=MOST_ROWS, pages=False))
        parties = queries.party_names([row["id"] for row in rows])
        reader = columns.Reader(self.kind, shown, parties)
        lines = ([cell.text for cell in reader.cells(row)] for row in rows)
        detail = {"rows": len(rows), "query": query.wishes, "columns": [column.name for column in shown]}
        audit.record(self.actor, "exported", object_kind=self.kind.key, detail=detail)
        answer = HttpResponse(workbook(str(self.kind.title), shown, lines), content_type=TYPE)
        name = f"{self.kind.key}-{clock.today():%Y%m%d}.xlsx"
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer


def workbook(title: str, shown: list[Column], lines: Any) -> bytes:
    """Return a workbook with a heading row. Every cell is written as text, so numbers of cases and people keep their
    zeros and a cell that begins with "=" stays what was typed.
    """
    buffer = BytesIO()
    options = {"in_memory": True, "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet = book.add_worksheet(title[:31])
        head = book.add_format({"bold": True, "bg_color": "#EEF0F4", "bottom": 1})
        text = book.add_format({"num_format": "@"})
        for place, column in enumerate(shown):
            sheet.set_column(place, place, WIDTHS.get(column.kind, 22))
            sheet.write_string(0, place, str(column.title), head)
        sheet.freeze_panes(1, 1)
        count = 0
        for count, line in enumerate(lines, start=1):
            for place, value in enumerate(line):
                sheet.write_string(count, place, value, text)
        sheet.autofilter(0, 0, count, max(len(shown) - 1, 0))
        book.set_properties({"title": title, "comments": _("导出自医联，含个人信息，请妥善保管")})
    return buffer.getvalue()
