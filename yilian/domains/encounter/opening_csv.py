"""Opening a CSV file: UTF-8, GB 18030 or UTF-16, with commas, semicolons or tabs, however a spreadsheet wrote it."""

import csv
import io
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from yilian.domains.encounter.opening import FileRefusedError, Opened, bare, nothing_there

if TYPE_CHECKING:
    import pyarrow as pa

SEPARATORS = ",\t;"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def of_csv(content: bytes) -> Opened:
    """Return the rows below the first filled line; blank lines are passed over and counted. Raises FileRefusedError."""
    import pyarrow as pa
    from pyarrow import csv as reader

    text = _decoded(content)
    body = text.lstrip("\n")
    above = len(text) - len(body)
    first, _newline, rest = body.partition("\n")
    if not rest.strip():
        raise nothing_there()
    separator = max(SEPARATORS, key=first.count)
    names = next(csv.reader([first], delimiter=separator, skipinitialspace=True), [])
    if len(names) == 1:
        raise FileRefusedError(_("第一行只有一列。CSV 的各列应以英文逗号、分号或制表符分隔"))
    places = [str(place) for place in range(len(names))]
    try:
        table = reader.read_csv(
            io.BytesIO(rest.encode()),
            read_options=reader.ReadOptions(column_names=places),
            parse_options=reader.ParseOptions(delimiter=separator, newlines_in_values=True),
            convert_options=reader.ConvertOptions(
                column_types=dict.fromkeys(places, pa.string()), strings_can_be_null=True, null_values=[""]
            ),
        )
    except pa.ArrowException as error:
        raise _unreadable(rest, separator, len(names), above + 1) from error
    lines = _lines(rest, separator, table.num_rows, above + 1)
    return Opened([bare(name) for name in names], table.columns, lines)


def _decoded(content: bytes) -> str:
    """Return the text with line feeds alone; raise FileRefusedError for what is no text."""
    for encoding in ("utf-16",) if content.startswith(UTF_16) else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise FileRefusedError(_("无法识别该文件，请使用 xlsx、CSV（UTF-8 或 GB18030）或 Parquet"))


def _rows(text: str, separator: str, above: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the line on which each row begins, and its cells; `above` lines stand before the text."""
    rows, begins = csv.reader(io.StringIO(text, newline=""), delimiter=separator), above + 1
    for row in rows:
        if row:
            yield begins, row
        begins = above + rows.line_num + 1


def _lines(text: str, separator: str, rows: int, above: int) -> "pa.Array":
    """Return the line of each row; they are counted one by one only where rows and lines are not the same."""
    import pyarrow as pa

    if '"' not in text and "\n\n" not in text and not text.startswith("\n"):
        return pa.array(range(above + 1, above + 1 + rows), pa.int64())
    try:
        found = [line for line, _row in islice(_rows(text, separator, above), rows)]
    except csv.Error:
        found = []
    return pa.array(found + [None] * (rows - len(found)), pa.int64())


def _unreadable(text: str, separator: str, wide: int, above: int) -> FileRefusedError:
    """Return the refusal that names the first line with more or fewer cells than the header."""
    try:
        line, row = next((line, row) for line, row in _rows(text, separator, above) if len(row) != wide)
    except (csv.Error, StopIteration):
        return FileRefusedError(_("无法读取该 CSV 文件，请检查引号是否成对"))
    said = _("第 {line} 行有 {cells} 列，表头有 {wide} 列。内容里的逗号或引号请放在成对的英文引号中")
    return FileRefusedError(said.format(line=line, cells=len(row), wide=wide))
