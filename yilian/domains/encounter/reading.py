"""Reading a file of rows: workbook, CSV, Parquet or rows of a program become one table of texts, or are refused."""

from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.translation import gettext as _

from yilian.domains.encounter.columns import FILES, FileColumn
from yilian.domains.encounter.opening import FileRefusedError, Opened, listed, nothing_there, of_workbook, texts
from yilian.domains.encounter.opening_csv import of_csv
from yilian.domains.encounter.opening_parquet import of_parquet

if TYPE_CHECKING:
    import pyarrow as pa

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 1_000_000
PARQUET, ZIP = b"PAR1", b"PK"
LINE = "line"
"""The column of what is read that says where in the file each row stands."""


def headings(fact: str) -> dict[str, FileColumn]:
    """Return the columns of a file by what may stand above them: the name, or the header in Chinese."""
    with translation.override("zh-hans"):
        by_header = {str(column.header): column for column in FILES[fact]}
    return by_header | {column.name: column for column in FILES[fact]}


def read(fact: str, content: bytes) -> "pa.Table":
    """Return the rows of a file as texts, empty cells as null, with their lines; raise FileRefusedError."""
    if len(content) > MOST_BYTES:
        raise FileRefusedError(_("文件超过%(most)sMB，请按月或按周分批报送") % {"most": MOST_BYTES // 1024 // 1024})
    if not content.strip():
        raise nothing_there()
    if content.startswith(PARQUET):
        return _settled(fact, of_parquet(content, MOST_ROWS))
    return _settled(fact, of_workbook(content) if content.startswith(ZIP) else of_csv(content))


def of_rows(fact: str, rows: list[dict[str, Any]]) -> "pa.Table":
    """Return rows that a program sent, their lines counted from 1; raise FileRefusedError."""
    import pyarrow as pa

    names = list(dict.fromkeys(name for row in rows for name in row))
    columns = [texts([row.get(name) for row in rows]) for name in names]
    return _settled(fact, Opened(names, list(columns), pa.array(range(1, len(rows) + 1), pa.int64())))


def settled(fact: str, table: "pa.Table") -> "pa.Table":
    """Return a table of texts as `read` does, its lines counted from 1; raise FileRefusedError."""
    import pyarrow as pa

    lines = pa.array(range(1, table.num_rows + 1), pa.int64())
    return _settled(fact, Opened(table.column_names, table.columns, lines))


def _settled(fact: str, opened: Opened) -> "pa.Table":
    """Return the columns of the fact under their names, with those that are missing, without blanks around."""
    import pyarrow as pa
    import pyarrow.compute as pc

    known = headings(fact)
    named = _named(opened)
    _insist_known(fact, [name for name, _cells in named], known)
    if not len(opened.lines):
        raise nothing_there()
    if len(opened.lines) > MOST_ROWS:
        raise FileRefusedError(_("文件超过 %d 行，请按月或按周分批报送") % MOST_ROWS)
    cells = {known[name].name: column for name, column in named}
    nothing = pa.nulls(len(opened.lines), pa.string())
    arrays: list[Any] = []
    for column in FILES[fact]:
        trimmed = pc.utf8_trim_whitespace(cells.get(column.name, nothing))
        arrays.append(pc.if_else(pc.equal(trimmed, ""), None, trimmed))
    return pa.table([*arrays, opened.lines], names=[*(column.name for column in FILES[fact]), LINE])


def _named(opened: Opened) -> list[tuple[str, Any]]:
    """Return the columns that count; raise FileRefusedError for one that has content and no name."""
    from yilian.kernel.imports.reading import ORIGIN, REASONS

    there = list(zip(opened.names, opened.columns, strict=True))
    for place, (name, cells) in enumerate(there, 1):
        if not name and cells.null_count < len(cells):
            raise FileRefusedError(_("第 %d 列有内容而没有表头，请补上表头或删去该列") % place)
    return [(name, cells) for name, cells in there if name and name not in (REASONS, ORIGIN)]


def _insist_known(fact: str, names: list[str], known: dict[str, FileColumn]) -> None:
    if unknown := [name for name in names if name not in known]:
        said = _("不认识这些列：%s。只用模板里的列；文件的第一行应为表头，上面不加标题")
        raise FileRefusedError(said % listed(unknown))
    there = [known[name].name for name in names]
    if twice := [name for name in set(there) if there.count(name) > 1]:
        headers = [str(column.header) for column in FILES[fact] if column.name in twice]
        raise FileRefusedError(_("这些列出现了两次：%s") % listed(headers))
    missing = [column for column in FILES[fact] if column.required and column.name not in there]
    if missing:
        raise FileRefusedError(_("缺少必需的列：%s") % _("、").join(str(column.header) for column in missing))
