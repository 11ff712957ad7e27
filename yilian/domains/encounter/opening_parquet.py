"""Opening a Parquet file: whatever its types, one table of texts; a small file that unfolds without end is refused."""

import io
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from yilian.domains.encounter.opening import FileRefusedError, Opened, bare, texts

if TYPE_CHECKING:
    import pyarrow as pa

MOST_UNPACKED = 400 * 1024 * 1024
EAST_EIGHT = 8 * 3600
"""Seconds by which the clocks here are before UTC."""


def of_parquet(content: bytes, most_rows: int) -> Opened:
    """Return the rows of a file, numbered from 1. Raises FileRefusedError."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = io.BytesIO(content)
        held = pq.read_metadata(file)
        if held.num_rows > most_rows:
            raise FileRefusedError(_("文件超过 %d 行，请按月或按周分批报送") % most_rows)
        table = pq.read_table(file, read_dictionary=[field.name for field in pq.read_schema(file) if _is_text(field)])
        _weigh(table)
        columns = [_texts(column) for column in table.columns]
    except (pa.ArrowException, OSError) as error:
        raise FileRefusedError(_("无法读取该 Parquet 文件，请检查文件是否完整、各列是否为普通类型")) from error
    lines = pa.array(range(1, table.num_rows + 1), pa.int64())
    return Opened([bare(name) for name in table.column_names], columns, lines)


def _is_text(field: "pa.Field") -> bool:
    import pyarrow as pa

    return bool(pa.types.is_string(field.type) or pa.types.is_binary(field.type))


def _weigh(table: "pa.Table") -> None:
    """Refuse texts that take too much room once each row has its own."""
    import pyarrow as pa
    import pyarrow.compute as pc

    weight = 0
    for column in table.columns:
        for chunk in column.chunks if pa.types.is_dictionary(column.type) else ():
            lengths = pc.binary_length(chunk.dictionary)
            weight += pc.sum(pc.cast(lengths.take(chunk.indices), pa.int64())).as_py() or 0
    if weight > MOST_UNPACKED:
        raise FileRefusedError(_("文件展开后过大，请按月或按周分批报送"))


def _texts(column: "pa.ChunkedArray") -> "pa.ChunkedArray | pa.Array":
    """Return a column as texts: numbers by fifteen digits, moments of any zone by the clocks here."""
    import pyarrow as pa
    import pyarrow.compute as pc

    kind = column.type
    if pa.types.is_floating(kind):
        return texts(column.to_pylist())
    if pa.types.is_timestamp(kind):
        column = column.cast(pa.timestamp("us", kind.tz), safe=False)
        if kind.tz:
            column = pc.add(column.cast(pa.timestamp("us")), pa.scalar(EAST_EIGHT, pa.duration("s")))
    return column.cast(pa.string())
