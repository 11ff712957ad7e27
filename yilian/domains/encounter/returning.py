"""Workbooks handed out: the template to fill in, and rejected rows with the reason in front, to mend and send again."""

import io
from typing import Any

import xlsxwriter
from django.utils import translation
from django.utils.translation import gettext as _

from yilian.domains.encounter.columns import FILES
from yilian.domains.encounter.models import FACT_TITLES
from yilian.domains.encounter.rules import CONTENTS, checks_of
from yilian.kernel.imports.reading import ORIGIN, REASONS
from yilian.kernel.imports.workbooks import OPTIONS

HEAD = {"bold": True, "bg_color": "#DDEBF7", "border": 1}
RED = {"bg_color": "#FFC7CE", "font_color": "#9C0006", "num_format": "@"}
WIDE, WIDTH = 60, 18
LISTED = 5000
BETWEEN = "；"
"""Between the reasons of a row."""


def header_row(fact: str) -> list[str]:
    """Return the headers of a file: Chinese, whatever the reader's language."""
    with translation.override("zh-hans"):
        return [str(column.header) for column in FILES[fact]]


def workbook_of_rejected(fact: str, rejected: list[dict[str, Any]]) -> bytes:
    """Return the rejected rows as they came, each with its reasons and its line."""
    sentences = {check.key: check.sentence for check in checks_of(fact)}
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        page, head, red = book.add_worksheet(_("请修改后重新上传")), book.add_format(HEAD), book.add_format(RED)
        page.write_row(0, 0, [REASONS, ORIGIN, *header_row(fact)], head)
        page.freeze_panes(1, 2)
        page.set_column(0, 0, WIDE)
        page.set_column(2, len(FILES[fact]) + 1, WIDTH, book.add_format({"num_format": "@"}))
        for place, row in enumerate(rejected, 1):
            page.write_string(place, 0, BETWEEN.join(sentences[key] for key in row["faults"]), red)
            if row["line"] is not None:
                page.write_number(place, 1, row["line"])
            for number, column in enumerate(FILES[fact], 2):
                if row[column.name] is not None:
                    page.write_string(place, number, row[column.name])
    return buffer.getvalue()


def rows_of_rejected(fact: str, content: bytes, start: int, most: int) -> list[dict[str, Any]]:
    """Return rows of such a workbook for a program: line, source_key and the reasons as sentences."""
    from python_calamine import CalamineWorkbook

    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()[1:]
    place = 2 + [column.name for column in FILES[fact]].index("source_key")
    return [
        {"line": int(row[1]) if row[1] != "" else None, "source_key": str(row[place]) or None,
         "reasons": str(row[0]).split(BETWEEN)}
        for row in rows[start : start + most]
    ]  # fmt: skip


def template(fact: str) -> bytes:
    """Return an empty workbook to fill in: text cells, lists to choose from, and what each column is."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        page, head = book.add_worksheet(str(FACT_TITLES[fact])[:31]), book.add_format(HEAD)
        page.set_column(0, len(FILES[fact]) - 1, WIDTH, book.add_format({"num_format": "@"}))
        page.freeze_panes(1, 0)
        for place, (column, header) in enumerate(zip(FILES[fact], header_row(fact), strict=True)):
            page.write_string(0, place, header + ("*" if column.required else ""), head)
            if column.choices:
                offered = [str(title) for title in column.choices.values()]
                page.data_validation(1, place, LISTED, place, {"validate": "list", "source": offered})
        _explain(book, fact)
    return buffer.getvalue()


def _explain(book: xlsxwriter.Workbook, fact: str) -> None:
    page, head = book.add_worksheet(_("填写说明")), book.add_format(HEAD)
    page.set_column(0, 3, WIDTH)
    page.set_column(4, 4, WIDE)
    page.write_row(0, 0, [_("列"), _("程序用名"), _("必填"), _("内容"), _("说明")], head)
    for place, column in enumerate(FILES[fact], 1):
        content = _("、").join(map(str, column.choices.values())) or str(CONTENTS[column.kind])
        needed = _("必填") if column.required else _("应填") if column.wanted else ""
        page.write_row(place, 0, [str(column.header), column.name, needed, content, str(column.help)])
