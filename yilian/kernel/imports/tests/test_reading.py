"""Workbooks that cannot be read are refused whole, with a sentence; the others are read as they stand."""

import io
import zipfile

import pytest
import xlsxwriter

from yilian.kernel.imports import reading
from yilian.kernel.imports.reading import WorkbookRefusedError, read
from yilian.kernel.imports.tests.people import ACCOUNTS, HEADERS, workbook

LIN = ["lin", "林医生"]


def repacked(content: bytes, change) -> bytes:
    """Return the workbook with its parts changed by `change(name, bytes) -> bytes | None`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
    return buffer.getvalue()


def with_cell(reference: str, content: str = "<v>1</v>") -> bytes:
    """Return a workbook with one more cell at a place of one's choice."""

    def change(name: str, part: bytes) -> bytes:
        if not name.endswith("sheet1.xml"):
            return part
        digits = reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        row = f"<row r='{digits}'><c r = '{reference}'>{content}</c></row></sheetData>"
        return part.replace(b"</sheetData>", row.encode())

    return repacked(workbook(LIN), change)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "不是可读"),
        (b"PK\x03\x04 truncated", "不是可读"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old xls", "不是可读"),
        (workbook(LIN)[:-200], "不是可读"),
        (repacked(workbook(LIN), lambda name, part: None if "worksheets" in name else part), "不是可读"),
        (repacked(workbook(LIN), lambda name, part: part[:200] if "sheet1" in name else part), "不是可读"),
        (workbook(headers=[]), "空的"),
        (workbook(), "没有内容"),
        (workbook(["", " "]), "没有内容"),
        (workbook(["lin"], headers=["账号"]), "缺少列：姓名"),
        (workbook([*LIN, 1], headers=["账号", "姓名", "工资"]), "多出.*工资"),
        (workbook([*LIN, "x"], headers=["账号", "姓名", "姓名"]), "重复：姓名"),
        (with_cell("A50002"), "50000行"),
        (with_cell("XFD1048576"), "50000行"),
        (with_cell("XFD2"), "100列"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_workbook_that_cannot_be_read_says_why(content, says):
    with pytest.raises(WorkbookRefusedError, match=says):
        read(ACCOUNTS, content)


def test_macros_and_oversize_are_refused(monkeypatch):
    with_macro = io.BytesIO(workbook(LIN))
    with zipfile.ZipFile(with_macro, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    with pytest.raises(WorkbookRefusedError, match="宏"):
        read(ACCOUNTS, with_macro.getvalue())
    with pytest.raises(WorkbookRefusedError, match="20MB"):
        read(ACCOUNTS, b"x" * (reading.MOST_BYTES + 1))
    monkeypatch.setattr(reading, "MOST_UNPACKED", 1000)
    with pytest.raises(WorkbookRefusedError, match="过大"):
        read(ACCOUNTS, workbook(LIN))


def test_empty_formatted_cells_far_down_do_no_harm():
    content = repacked(
        workbook(LIN),
        lambda name, part: part.replace(b"</sheetData>", b'<row r="99999"><c r="A99999" s="1"/></row></sheetData>'),
    )
    assert [line.number for line in read(ACCOUNTS, content)] == [2]


def test_columns_may_stand_in_any_order_and_optional_ones_may_be_missing():
    lines = read(ACCOUNTS, workbook(["林医生", "lin"], [], ["王喆", "wang"], headers=["姓名*", " 账号 "]))
    assert [(line.number, line.cells[:3]) for line in lines] == [(2, ["lin", "林医生", ""]), (4, ["wang", "王喆", ""])]


def test_formulas_are_found_on_the_first_worksheet_whatever_its_file_is_called():
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        second, first = book.add_worksheet("第二"), book.add_worksheet("第一")
        first.write_row(0, 0, HEADERS)
        first.write_row(1, 0, ["lin", "林医生", "=1+1"])
        second.write_row(0, 0, ["=1+1"] * 6)
        book.worksheets_objs.sort(key=lambda sheet: sheet.name != "第一")
    lines = read(ACCOUNTS, buffer.getvalue())
    assert [line.formulas for line in lines] == [{2}]
