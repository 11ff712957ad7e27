"""Opening a workbook of rows: one table of texts with the line of each row, or a refusal that says what to do."""

import io
import math
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    import pyarrow as pa

NAMED = 5
"""A refusal names so many columns or cells, not all."""
LONGEST_NAME = 30


class FileRefusedError(ValueError):
    """The file as a whole cannot be read; the message says why and what to do."""


@dataclass(frozen=True)
class Opened:
    """The columns of a file as texts under the names that stand above them, and where each row stands in the file."""

    names: list[str]
    columns: list["pa.ChunkedArray | pa.Array"]
    lines: "pa.Array"


def listed(names: list[str]) -> str:
    """Return the first of some names, each cut to a readable length."""
    shown = [name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…" for name in names[:NAMED]]
    return _("、").join(shown)


def nothing_there() -> FileRefusedError:
    """Return the refusal of a file without rows."""
    return FileRefusedError(_("除表头外没有内容，请填写后再上传"))


def of_workbook(content: bytes) -> Opened:
    """Return the first worksheet of a workbook; its header is the first line that is filled."""
    import pyarrow as pa

    rows = _rows(content)
    filled = [(line, row) for line, row in enumerate(rows, 1) if any(str(cell).strip() for cell in row)]
    if not filled:
        raise nothing_there()
    (_line, header), *rest = filled
    names = [bare(str(cell)) for cell in header]
    columns = [texts([row[place] for _line, row in rest]) for place in range(len(names))]
    return Opened(names, columns, pa.array([line for line, _row in rest], pa.int64()))


def _rows(content: bytes) -> list[list[Any]]:
    from python_calamine import CalamineError, CalamineWorkbook

    from yilian.kernel.imports.reading import WorkbookRefusedError, weigh

    try:
        inside = weigh(content)
        if inside.formulas:
            raise FileRefusedError(
                _("单元格 %s 是公式，算出的数可能没有保存。请全选后复制，再“选择性粘贴”为数值")
                % listed(inside.formulas)
            )
        if inside.merged:
            raise FileRefusedError(
                _("单元格 %s 是合并的，只有第一格有内容。请取消合并，逐行填写") % listed(inside.merged)
            )
        if inside.errors:
            raise FileRefusedError(_("单元格 %s 是错误值（如 #N/A），请改正或清空") % listed(inside.errors))
        return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python(
            skip_empty_area=False
        )  # fmt: skip
    except WorkbookRefusedError as refused:
        raise FileRefusedError(str(refused)) from refused
    except (CalamineError, IndexError) as error:
        raise FileRefusedError(_("无法读取该工作簿，请另存为 xlsx 后再上传")) from error


def bare(heading: str) -> str:
    """Return a heading without the star that marks required columns in the template."""
    return heading.strip("\ufeff \t\r\n\u3000").rstrip("*＊").rstrip()


def texts(cells: list[Any]) -> "pa.Array":
    """Return cells as they would stand in a CSV file, empty ones as null."""
    import pyarrow as pa

    return pa.array(map(_text, cells), pa.string())


def _text(cell: Any) -> str | None:
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, datetime | date):
        return cell.isoformat(sep=" ") if isinstance(cell, datetime) else cell.isoformat()
    return str(cell)


def _number(cell: float) -> str | None:
    """Return a number by the fifteen digits that a spreadsheet keeps, so that 0.1 + 0.2 is 0.3.

    A whole number of more digits has lost its last ones; it is written with an exponent, which a rule then finds.
    """
    if math.isnan(cell):
        return None
    text = format(cell, ".15g")
    return text if "e" not in text else text.replace("e", "E")
