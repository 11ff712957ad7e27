"""The register as an Excel workbook."""

from collections.abc import Iterable
from io import BytesIO

import xlsxwriter
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from yilian.domains.alliance.register import Line

HEADS = (
    _("名称"), _("类型"), _("牵头单位"), _("专科"), _("网格"), _("成员数"), _("状态"), _("成立日期"), _("终止日期"),
    _("备案或批复文号"), _("下一时限"), _("时限日期"), _("依据"),
)  # fmt: skip


def workbook_of(lines: Iterable[Line]) -> bytes:
    """Return the lines as a workbook; every cell is text, so nothing is taken for a formula or loses its zeros."""
    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet = book.add_worksheet(now("医联体名册"))
        head = book.add_format({"bold": True, "bg_color": "#EEF0F4", "bottom": 1})
        for column, title in enumerate(HEADS):
            sheet.write_string(0, column, str(title), head)
            sheet.set_column(column, column, 30 if column in (0, 2) else 16)
        for row, line in enumerate(lines, start=1):
            for column, value in enumerate(_cells(line)):
                sheet.write_string(row, column, value)
        sheet.freeze_panes(1, 1)
    return buffer.getvalue()


def _cells(line: Line) -> list[str]:
    one, clock = line.consortium, line.clock
    return [
        one.name,
        one.get_kind_display(),
        one.lead.name,
        one.specialty.name if one.specialty else "",
        one.grid.name if one.grid else "",
        str(line.members),
        line.word,
        one.founded_on.isoformat(),
        one.ended_on.isoformat() if one.ended_on else "",
        one.filing_number,
        str(clock.title) if clock else "",
        clock.on.isoformat() if clock else "",
        str(clock.cite) if clock else "",
    ]
