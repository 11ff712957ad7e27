"""The columns of a fact as Parquet keeps them, the same for every engine that reads the lake."""

from typing import TYPE_CHECKING

from yilian.kernel.lake.fact import Fact, Kind

if TYPE_CHECKING:
    import pyarrow as pa


def schema_of(fact: Fact) -> "pa.Schema":
    """Return the Arrow schema of a fact: its institutions, month, row_key, consortium, then its declared columns."""
    import pyarrow as pa

    types = {
        Kind.INT: pa.int64(),
        Kind.BOOL: pa.bool_(),
        Kind.CODE: pa.string(),
        Kind.DATE: pa.date32(),
        Kind.MOMENT: pa.timestamp("us"),
        Kind.IDENTITY: pa.int64(),
    }
    fixed = [("month", pa.int32()), ("row_key", pa.string()), ("consortium", pa.int32())]
    places = [(name, pa.int32()) for name in fact.institutions]
    return pa.schema([*places, *fixed, *((column.name, types[column.kind]) for column in fact.columns)])
