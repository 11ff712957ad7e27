"""Opening a file of rows: workbook, CSV, Parquet or rows of a program become one table of texts, or are refused."""

import io
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.translation import gettext as _

from yilian.domains.encounter.columns import FILES, FileColumn

if TYPE_CHECKING:
    import pyarrow as pa

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 1_000_000
ENDINGS = ("xlsx", "csv", "parquet")
PARQUET, ZIP = b"PAR1", b"PK"


class FileRefusedError(ValueError):
    """The file as a whole cannot be read; the message says why and what to do."""


def headings(fact: str) -> dict[str, FileColumn]:
    """Return the columns of a file by what may stand above them: the name, or the header in Chinese."""
    with translation.override("zh-hans"):
        by_header = {str(column.header): column for column in FILES[fact]}
    return by_header | {column.name: column for column in FILES[fact]}


def read(fact: str, content: bytes) -> "pa.Table":
    """Return the rows of a file as texts, empty cells as null; raise FileRefusedError."""
    if len(content) > MOST_BYTES:
        raise FileRefusedError(_("文件超过%(most)sMB，请按月或按周分批报送") % {"most": MOST_BYTES // 1024 // 1024})
    if not content.strip():
        raise _empty()
    if content.startswith(PARQUET):
        return settled(fact, _of_parquet(content))
    return settled(fact, _of_workbook(content) if content.startswith(ZIP) else _of_csv(content))


def of_rows(fact: str, rows: list[dict[str, Any]]) -> "pa.Table":
    """Return rows that a program sent; raise FileRefusedError."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    return settled(fact, _texts({name: [row.get(name) for row in rows] for name in names}))


def _of_parquet(content: bytes) -> "pa.Table":
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        if pq.read_metadata(io.BytesIO(content)).num_rows > MOST_ROWS:
            raise _too_many()
        table = pq.read_table(io.BytesIO(content))
        return table.cast(pa.schema([pa.field(name, pa.string()) for name in table.column_names]))
    except (pa.ArrowException, OSError) as error:
        raise FileRefusedError(_("无法读取该 Parquet 文件，请检查文件是否完整、各列是否为普通类型")) from error


def _of_csv(content: bytes) -> "pa.Table":
    import pyarrow as pa
    from pyarrow import csv

    text = _decoded(content)
    first = text.partition("\n")[0]
    names = [name.strip().strip('"').strip("\ufeff") for name in first.strip("\r").split(",")]
    try:
        return csv.read_csv(
            io.BytesIO(text.encode()),
            read_options=csv.ReadOptions(column_names=names, skip_rows=1),
            parse_options=csv.ParseOptions(newlines_in_values=True),
            convert_options=csv.ConvertOptions(
                column_types={name: pa.string() for name in names}, strings_can_be_null=True, null_values=[""]
            ),
        )
    except pa.ArrowException as error:
        raise FileRefusedError(_("无法读取该 CSV 文件，请检查各行的列数是否一致")) from error


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise FileRefusedError(_("无法识别该文件，请使用 xlsx、CSV（UTF-8 或 GB18030）或 Parquet"))


def _of_workbook(content: bytes) -> "pa.Table":
    from python_calamine import CalamineError, CalamineWorkbook

    from yilian.kernel.imports.reading import WorkbookRefusedError, weigh

    try:
        weigh(content)
        rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    except WorkbookRefusedError as refused:
        raise FileRefusedError(str(refused)) from refused
    except (CalamineError, IndexError) as error:
        raise FileRefusedError(_("无法读取该工作簿，请另存为 xlsx 后再上传")) from error
    if not rows:
        raise _empty()
    names = [str(cell).strip().rstrip("*") for cell in rows[0]]
    filled = [row for row in rows[1:] if any(cell != "" for cell in row)]
    return _texts({name: [row[place] for row in filled] for place, name in enumerate(names) if name})


def _texts(columns: dict[str, list[Any]]) -> "pa.Table":
    import pyarrow as pa

    return pa.table({name: pa.array(map(_text, cells), pa.string()) for name, cells in columns.items()})


def _text(cell: Any) -> str | None:
    """Return a cell as it would stand in a CSV file."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat(sep=" ") if isinstance(cell, datetime) else cell.isoformat()
    return str(cell)


def settled(fact: str, table: "pa.Table") -> "pa.Table":
    """Return a table of texts under the names of the columns, with those that are missing, without blanks around.

    Raises FileRefusedError.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    from yilian.kernel.imports.reading import ORIGIN, REASONS

    known = headings(fact)
    table = table.drop_columns([name for name in table.column_names if name in (REASONS, ORIGIN)])
    _insist_known(fact, table.column_names, known)
    if not table.num_rows:
        raise _empty()
    if table.num_rows > MOST_ROWS:
        raise _too_many()
    cells = {known[name].name: table.column(name) for name in table.column_names}
    nothing = pa.nulls(table.num_rows, pa.string())
    arrays = []
    for column in FILES[fact]:
        trimmed = pc.utf8_trim_whitespace(cells.get(column.name, nothing))
        arrays.append(pc.if_else(pc.equal(trimmed, ""), None, trimmed))
    return pa.table(arrays, names=[column.name for column in FILES[fact]])


def _insist_known(fact: str, names: list[str], known: dict[str, FileColumn]) -> None:
    if unknown := [name for name in names if name not in known]:
        raise FileRefusedError(_("不认识这些列：%s。请使用模板的表头") % _("、").join(unknown[:5]))
    there = [known[name].name for name in names]
    if twice := [name for name in set(there) if there.count(name) > 1]:
        raise FileRefusedError(_("这些列出现了两次：%s") % _("、").join(twice))
    missing = [column for column in FILES[fact] if column.required and column.name not in there]
    if missing:
        raise FileRefusedError(_("缺少必需的列：%s") % _("、").join(str(column.header) for column in missing))


def _empty() -> FileRefusedError:
    return FileRefusedError(_("除表头外没有内容，请填写后再上传"))


def _too_many() -> FileRefusedError:
    return FileRefusedError(_("文件超过 %d 行，请按月或按周分批报送") % MOST_ROWS)
