"""Opening an uploaded workbook: everything that would make it dangerous or useless is refused here, with a sentence."""

import io
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from yilian.kernel.imports.cells import Cell
from yilian.kernel.imports.sheet import Sheet

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 400 * 1024 * 1024
MOST_ROWS = 50_000
MOST_COLUMNS = 100
REASONS, ORIGIN = "错误说明", "原行号"
"""The two columns that a returned workbook has in front; they are passed over when it comes back corrected."""
FILLED = re.compile(rb"""<(?:\w+:)?c\b[^>]*?\br\s*=\s*["']([A-Z]{1,3})(\d{1,7})["'][^>]*?(?<!/)>\s*<(?:\w+:)?(\w+)""")
"""A cell with content: column letters, row number, and its first child (f: a formula)."""
MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\b[^>]*?\bref\s*=\s*["']([A-Z0-9:]{1,30})["']""")
ERROR = re.compile(rb"""<(?:\w+:)?c\b(?=[^>]*?\bt\s*=\s*["']e["'])[^>]*?\br\s*=\s*["']([A-Z]{1,3}\d{1,7})["']""")
WORKSHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
SHEET_REFERENCE = re.compile(rb"""<(?:\w+:)?sheet\b[^>]*?\w+:id\s*=\s*["']([^"']+)["']""")
RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
RELATION_ID = re.compile(rb"""\bId\s*=\s*["']([^"']+)["']""")
RELATION_TARGET = re.compile(rb"""\bTarget\s*=\s*["']([^"']+)["']""")


class WorkbookRefusedError(ValueError):
    """The workbook as a whole cannot be read; the message says why and what to do."""


@dataclass(frozen=True)
class Inside:
    """What a worksheet holds besides plain cells: formulas (also as places, from 0), merged ranges, errors like #N/A.

    They are named as a spreadsheet does, as B2 or B2:B4.
    """

    places: frozenset[tuple[int, int]]
    formulas: list[str]
    merged: list[str]
    errors: list[str]


@dataclass(frozen=True)
class Line:
    """One filled row: its number in the workbook and its cells in the order of the sheet's columns.

    `formulas` are the places of cells that hold formulas.
    """

    number: int
    cells: list[Cell]
    formulas: set[int] = field(default_factory=set)


def read(sheet: Sheet, content: bytes) -> list[Line]:
    """Return the filled rows of the first worksheet; raise WorkbookRefusedError.

    Columns may stand in any order; those that are not required may be missing.
    """
    formulas = _look_inside(content).places
    rows = _rows(content)
    if not rows:
        raise WorkbookRefusedError(_("工作簿是空的，请按模板填写后再上传"))
    places = _places(sheet, rows[0])
    lines = [_line(number, row, places, formulas) for number, row in enumerate(rows[1:], 2) if _is_filled(row)]
    if not lines:
        raise WorkbookRefusedError(_("除表头外没有内容，请填写后再上传"))
    return lines


def weigh(content: bytes) -> Inside:
    """Look whether a workbook may be opened at all, and what its first worksheet holds besides plain cells.

    Raises WorkbookRefusedError when it may not be opened.
    """
    return _look_inside(content)


def _look_inside(content: bytes) -> Inside:
    """Return what is odd on the first worksheet, having weighed the archive."""
    if len(content) > MOST_BYTES:
        raise WorkbookRefusedError(_("文件超过%(most)sMB，请分批导入") % {"most": MOST_BYTES // 1024 // 1024})
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            _weigh(archive, names)
            worksheets = [name for name in names if WORKSHEET.fullmatch(name)]
            found = {name: _inside(archive.read(name)) for name in worksheets}
            return found[_first_sheet(archive)]
    except (zipfile.BadZipFile, zlib.error, KeyError, OSError, EOFError, NotImplementedError, RuntimeError):
        raise _not_a_workbook() from None


def _weigh(archive: zipfile.ZipFile, names: list[str]) -> None:
    if "xl/workbook.xml" not in names:
        raise _not_a_workbook()
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise WorkbookRefusedError(_("工作簿含有宏，请另存为不含宏的 xlsx 后再上传"))
    if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
        raise WorkbookRefusedError(_("工作簿展开后过大，请删去多余的工作表和格式后再上传"))


def _first_sheet(archive: zipfile.ZipFile) -> str:
    """Return the name of the worksheet that a reader takes as the first; raise KeyError when none is named."""
    listed = SHEET_REFERENCE.search(archive.read("xl/workbook.xml"))
    relations = archive.read("xl/_rels/workbook.xml.rels")
    for relation in RELATION.findall(relations):
        identity, target = RELATION_ID.search(relation), RELATION_TARGET.search(relation)
        if listed and identity and target and identity[1] == listed[1]:
            return posixpath.normpath(posixpath.join("/xl", target[1].decode())).lstrip("/")
    raise KeyError("first sheet")


def _inside(xml: bytes) -> Inside:
    """Find what is odd; a cell far out is refused here, before a reader makes room for all the cells before it."""
    places, formulas = set(), []
    for letters, digits, child in FILLED.findall(xml):
        row, column = int(digits) - 1, _column(letters)
        if row > MOST_ROWS:
            raise WorkbookRefusedError(_("超过%(most)s行，请分批导入") % {"most": MOST_ROWS})
        if column >= MOST_COLUMNS:
            raise WorkbookRefusedError(_("超过%(most)s列，请按模板填写") % {"most": MOST_COLUMNS})
        if child == b"f":
            places.add((row, column))
            formulas.append(f"{letters.decode()}{digits.decode()}")
    merged, errors = ([name.decode() for name in kind.findall(xml)] for kind in (MERGED, ERROR))
    return Inside(frozenset(places), formulas, merged, errors)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _rows(content: bytes) -> list[list[Cell]]:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except CalamineError:
        raise _not_a_workbook() from None


def _places(sheet: Sheet, headers: list[Cell]) -> list[int | None]:
    """Return where each column of the sheet stands in the workbook; None for one that is missing and not required."""
    written = [str(cell).strip().rstrip("*＊").strip() for cell in headers]
    known = [column.heading for column in sheet.columns]
    strange = [header for header in written if header and header not in (*known, REASONS, ORIGIN)]
    twice = sorted({header for header in written if header and written.count(header) > 1})
    missing = [column.heading for column in sheet.columns if column.required and column.heading not in written]
    faults = [
        (missing, _("缺少列：%(headers)s")),
        (strange, _("多出模板中没有的列：%(headers)s")),
        (twice, _("表头重复：%(headers)s")),
    ]
    found = [sentence % {"headers": _("、").join(headers)[:200]} for headers, sentence in faults if headers]
    if found:
        raise WorkbookRefusedError(_("；").join([*found, _("请下载模板对照")]))
    return [written.index(heading) if heading in written else None for heading in known]


def _line(number: int, row: list[Cell], places: list[int | None], formulas: frozenset[tuple[int, int]]) -> Line:
    cells = ["" if place is None or place >= len(row) else row[place] for place in places]
    marked = {index for index, place in enumerate(places) if place is not None and (number - 1, place) in formulas}
    return Line(number, cells, marked)


def _is_filled(row: list[Cell]) -> bool:
    return any(cell != "" and (not isinstance(cell, str) or cell.strip()) for cell in row)


def _not_a_workbook() -> WorkbookRefusedError:
    return WorkbookRefusedError(_("这不是可读的 Excel 工作簿（xlsx），请用 Excel 或 WPS 另存为 xlsx 后再上传"))
