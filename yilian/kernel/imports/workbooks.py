"""Workbooks we hand out: the empty template, and the uploaded rows with every fault marked red."""

import io
import re
from collections import Counter
from datetime import date, datetime
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from yilian.kernel.imports.cells import Cell, day
from yilian.kernel.imports.reading import MOST_ROWS, ORIGIN, REASONS
from yilian.kernel.imports.saving import Outcome
from yilian.kernel.imports.sheet import Column, Sheet

# Text that begins with "=" or looks like an address stays text.
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "default_date_format": "yyyy-mm-dd",
}
HEAD: dict[str, Any] = {"bold": True, "bg_color": "#DDEBF7", "border": 1}
RED: dict[str, Any] = {"bg_color": "#FFC7CE", "font_color": "#9C0006", "border": 1, "num_format": "@"}
RED_DAY = {**RED, "num_format": "yyyy-mm-dd"}
LONGEST_LIST = 255
WIDTH = 18
LINE = 60  # characters of an explanation that fit side by side


def template(sheet: Sheet) -> bytes:
    """Return an empty workbook to fill in: text cells, lists to choose from, and a worksheet of explanations."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        page, head = book.add_worksheet(str(sheet.title)[:31]), book.add_format(HEAD)
        page.set_column(0, len(sheet.columns) - 1, WIDTH, book.add_format({"num_format": "@"}))
        page.freeze_panes(1, 0)
        for place, column in enumerate(sheet.columns):
            page.write_string(0, place, column.heading + ("*" if column.required else ""), head)
            _offer(page, place, column.choices, first=1, last=MOST_ROWS)
        _explain(book.add_worksheet(_("填写说明")), sheet, book)
    return buffer.getvalue()


def marked(sheet: Sheet, outcomes: list[Outcome]) -> bytes:
    """Return all rows as uploaded, faults in red with their reason, and a summary: to correct and upload again."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        head, red, red_day = (book.add_format(look) for look in (HEAD, RED, RED_DAY))
        page = book.add_worksheet(_("请修改后重新上传"))
        page.write_row(0, 0, [REASONS, ORIGIN, *(column.heading for column in sheet.columns)], head)
        page.freeze_panes(1, 2)
        page.autofilter(0, 0, len(outcomes), len(sheet.columns) + 1)
        page.set_column(0, 0, 48)
        page.set_column(2, len(sheet.columns) + 1, WIDTH, book.add_format({"num_format": "@"}))
        for row, outcome in enumerate(outcomes, 1):
            _mark(page, row, outcome, sheet, red, red_day)
        for place, column in enumerate(sheet.columns):
            _offer(page, place + 2, column.choices, first=1, last=len(outcomes))
        _sum_up(book.add_worksheet(_("错误汇总")), sheet, outcomes, head)
    return buffer.getvalue()


def _mark(page: Worksheet, row: int, outcome: Outcome, sheet: Sheet, red: Format, red_day: Format) -> None:
    if outcome.faults:
        page.write_string(row, 0, "；".join(_sentences(sheet, outcome)), red)
    page.write_number(row, 1, outcome.line.number)
    for place, cell in enumerate(outcome.line.cells):
        faults = outcome.faults.get(place)
        look = (red_day if isinstance(cell, date) else red) if faults else None
        _write(page, row, place + 2, cell, look)
        if faults:
            page.write_comment(row, place + 2, "；".join(faults), {"x_scale": 1.4, "y_scale": 0.6})


def _write(page: Worksheet, row: int, column: int, cell: Cell, look: Format | None) -> None:
    if cell == "":
        if look:
            page.write_blank(row, column, None, look)
    elif isinstance(cell, bool):
        page.write_string(row, column, _("是") if cell else _("否"), look)
    elif isinstance(cell, int | float):
        page.write_number(row, column, cell, look)
    elif isinstance(cell, datetime | date):
        page.write_datetime(row, column, cell, look)
    else:
        page.write_string(row, column, str(cell), look)


def _sentences(sheet: Sheet, outcome: Outcome) -> list[str]:
    return [
        fault if place is None else f"{sheet.columns[place].heading}：{fault}"
        for place, faults in outcome.faults.items()
        for fault in faults
    ]


def _sum_up(page: Worksheet, sheet: Sheet, outcomes: list[Outcome], head: Format) -> None:
    """Count the faults by column and kind; numbers inside a sentence do not make a kind of their own."""
    kinds = Counter(
        (sheet.columns[place].heading if place is not None else _("整行"), re.sub(r"\d+", "N", fault))
        for outcome in outcomes
        for place, faults in outcome.faults.items()
        for fault in faults
    )
    page.write_row(0, 0, [_("列"), _("问题"), _("次数")], head)
    for row, ((heading, fault), count) in enumerate(kinds.most_common(), 1):
        page.write_row(row, 0, [heading, fault, count])
    page.set_column(0, 0, 20)
    page.set_column(1, 1, 60)


def _explain(page: Worksheet, sheet: Sheet, book: xlsxwriter.Workbook) -> None:
    """Write what the workbook is for, how cells are filled in, and what each column asks."""
    head, title = book.add_format(HEAD), book.add_format({"bold": True, "font_size": 14})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    page.set_column(0, 3, 24, wrapped)
    page.set_column(2, 2, 60, wrapped)
    page.write_string(0, 0, _("填写说明：{title}").format(title=sheet.title), title)
    lines = _guidance(sheet)
    for row, line in enumerate(lines, 1):
        page.merge_range(row, 0, row, 3, line, wrapped)
        page.set_row(row, 15 * (1 + len(line) // LINE))
    first = len(lines) + 2
    page.write_row(first, 0, [_("列"), _("是否必填"), _("填写要求"), _("示例")], head)
    for row, column in enumerate(sheet.columns, first + 1):
        needed = _("必填") if column.required else _("可空")
        page.write_row(row, 0, [column.heading, needed, _demands(column), column.example], wrapped)


def _guidance(sheet: Sheet) -> list[str]:
    """Return the sentences above the columns: purpose, rows, cells, dates, how rows are told apart, what follows."""
    titles = {column.name: column.heading for column in sheet.columns}
    keys = _("；或 ").join(_("＋").join(titles[name] for name in key) for key in sheet.keys)
    told = _("按以下列识别同一条：{keys}。已登记的更新，未登记的新增；同一文件中重复的不受理。").format(keys=keys)
    return [
        _("用途：批量登记或更新“{title}”。在第一张工作表自第二行起填写，一行一条；最多{most}行。").format(
            title=sheet.title, most=MOST_ROWS
        ),
        *([str(sheet.help)] if sheet.help else []),
        _("表头不要改动；列的顺序可变，可空的列可整列删去。表头带 * 的列必填。"),
        _("日期写作 2026-01-31（也接受 2026/1/31、20260131、2026年1月31日）。证件号码、电话等长数字须用文本格式。"),
        _("有下拉列表的列只能选列表中的词；代码列可填代码或名称。不要使用公式、合并单元格和宏。"),
        told,
        _("可先试运行：有错误的行会标红并写明原因退回，全部无误才写入。"),
    ]


def _demands(column: Column) -> str:
    """Return what a column asks: its own explanation, its choices, or what its kind of cell takes."""
    offered = _("可选：%(choices)s") % {"choices": "、".join(column.choices)} if column.choices else ""
    said = [part for part in (str(column.help), offered) if part]
    if column.parse is day:
        said.append(_("日期，如 2026-01-31"))
    return "；".join(said) or _("文字")


def _offer(page: Worksheet, column: int, choices: tuple[str, ...], *, first: int, last: int) -> None:
    """Let the cells of a column offer their choices; Excel takes no list longer than 255 characters."""
    if choices and len(",".join(choices)) <= LONGEST_LIST:
        rule = {"validate": "list", "source": list(choices), "error_type": "warning"}
        page.data_validation(first, column, last, column, rule)
