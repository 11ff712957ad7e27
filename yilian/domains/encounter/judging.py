"""Judging the rows of a file all at once, in DuckDB: typed, checked by every rule, parted into taken and rejected."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils import translation

from yilian.domains.encounter.columns import (
    DAY,
    FACTS,
    FILES,
    MOMENT,
    MONEY,
    PERSON,
    PLACE,
    TEXT,
    WHOLE,
    YES_NO,
    FileColumn,
)
from yilian.domains.encounter.derived import DERIVED
from yilian.domains.encounter.rules import LONGEST, Check, Dimension, checks_of
from yilian.kernel.lake.columns import schema_of
from yilian.kernel.lake.duck import duck
from yilian.kernel.lake.feeding import feed_schema

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

ZONE = "+08:00"
YES, NO = "('是', '1', 'true', 'yes', 'y', 't')", "('否', '0', 'false', 'no', 'n', 'f')"
DIGIT = "[0-9].*"
"""A moment begins with a digit: no word like "today" is read as one."""
MOST_SHOWN = 20_000
"""Rejected rows beyond so many are counted and not handed back: so many faults have one cause."""


@dataclass(frozen=True)
class Circumstances:
    """What rows are judged by: who reports on which day, until which day of the next month it is in time.

    Rows of before `oldest` are not taken in. `places` are the institutions here by unified code and by name;
    `identities` the digests of people by their numbers.
    """

    institution_id: int
    today: date
    due_day: int
    places: Mapping[str, int]
    identities: Mapping[str, int]
    oldest: date = date.min


@dataclass(frozen=True)
class MonthCount:
    """How the rows of one month fared. `incomplete`, `inconsistent` and `late` count rows, rejected ones included."""

    month: int
    received: int
    rejected: int
    incomplete: int
    inconsistent: int
    late: int


@dataclass(frozen=True)
class Judged:
    """The rows that may be taken in, the counts by month, how often each rule was broken, and the rejected rows."""

    taken: "pa.Table"
    months: list[MonthCount]
    broken: dict[str, int]
    rejected: list[dict[str, Any]]
    """Each with `line`, the cells as they came, and `faults`, the keys of the rules."""


def people_in(fact: str, rows: "pa.Table") -> set[str]:
    """Return the numbers of people in a file."""
    import pyarrow.compute as pc

    names = [column.name for column in FILES[fact] if column.kind == PERSON]
    return {text for name in names for text in pc.unique(rows.column(name)).to_pylist() if text is not None}


def judge(fact: str, rows: "pa.Table", told: Circumstances, *, spill: Path) -> Judged:
    """Judge every row of a file; nothing is written."""
    checks = checks_of(fact)
    with duck(spill, threads=1) as connection:
        _lay_out(connection, fact, rows, told)
        _note_faults(connection, checks, told)
        taken = connection.execute(_taken(fact, told)).to_arrow_table().cast(feed_schema(FACTS[fact]))
        return Judged(taken, _months(connection), _broken(connection), _rejected(connection, fact))


def _lay_out(connection: "duckdb.DuckDBPyConnection", fact: str, rows: "pa.Table", told: Circumstances) -> None:
    """Make the tables `raw` (texts by line) and `typed`."""
    given = rows
    for column in FILES[fact]:
        if column.kind in (PLACE, PERSON):
            known = told.places if column.kind == PLACE else told.identities
            given = given.append_column(f"key_{column.name}", _looked_up(rows.column(column.name), known))
    connection.register("given", given)
    cells = ", ".join(f'"{column.name}" as "raw_{column.name}"' for column in FILES[fact])
    keys = "".join(f', "{name}"' for name in given.column_names if name.startswith("key_"))
    connection.execute(f"create temp table raw as select line, {cells}{keys} from given")
    values = ", ".join(f'{_typed(column)} as "{column.name}"' for column in FILES[fact])
    connection.execute(
        f"create temp table typed as select line, {told.institution_id} as institution,"
        f" coalesce(times, 1) as times, {values} from raw left join ("
        " select raw_source_key, count(*) as times from raw group by 1 having count(*) > 1) using (raw_source_key)"
    )
    connection.execute(f"create temp table dated as select *, {DERIVED[fact].month} as month from typed")


def _looked_up(texts: "pa.ChunkedArray", known: Mapping[str, int]) -> "pa.Array":
    """Return the keys of texts, null for those that are not known."""
    import pyarrow as pa

    coded = texts.combine_chunks().dictionary_encode()
    return pa.array(map(known.get, coded.dictionary.to_pylist()), pa.int64()).take(coded.indices)


def _typed(column: FileColumn) -> str:
    """Return the cell in its type, null when it cannot be read."""
    cell = f'"raw_{column.name}"'
    if column.choices:
        return _chosen(column, cell)
    dashed = f"replace({cell}, '/', '-')"
    local = f"replace({dashed}, '{ZONE}', '')"
    ways = {
        TEXT: f"case when length({cell}) <= {LONGEST} and not regexp_matches({cell}, '[[:cntrl:]]') then {cell} end",
        WHOLE: f"case when regexp_full_match({cell}, '[+-]?[0-9]{{1,15}}([.]0*)?') then try_cast({cell} as bigint) end",
        YES_NO: f"case when lower({cell}) in {YES} then true when lower({cell}) in {NO} then false end",
        DAY: f"case when {cell} ~ '{DIGIT}' then coalesce(try_cast({dashed} as date), {_packed(cell)})::date end",
        MOMENT: f"case when {cell} ~ '{DIGIT}' and not regexp_matches({local}, '(Z|[+-][0-9]{{2}}:?[0-9]{{2}})$')"
        f" then coalesce(try_cast({local} as timestamp), {_packed(cell)}) end",
        MONEY: f"case when regexp_full_match({cell}, '-?[0-9]{{1,12}}([.][0-9]{{1,2}}0*)?')"
        f" then (try_cast({cell} as decimal(18, 4)) * 100)::bigint end",
        PLACE: f'"key_{column.name}"',
        PERSON: f'"key_{column.name}"',
    }
    return ways.get(column.kind, cell)


def _packed(cell: str) -> str:
    """Return a moment written without signs, as many hospital systems write it: 20260131083000 or 20260131."""
    return f"try_strptime({cell}, ['%Y%m%d%H%M%S', '%Y%m%d%H%M', '%Y%m%d'])"


def _chosen(column: FileColumn, cell: str) -> str:
    with translation.override("zh-hans"):
        pairs = [(spelt, code) for code, title in column.choices.items() for spelt in (code, str(title))]
    cases = " ".join(f"when '{spelt}' then '{code}'" for spelt, code in pairs)
    return f"case {cell} {cases} end"


def _note_faults(connection: "duckdb.DuckDBPyConnection", checks: tuple[Check, ...], told: Circumstances) -> None:
    """Make the table `judged`: line, month, the faults, and what follows from them."""
    asked = _list([check.key for check in checks if check.key.startswith("source_key_")])
    noted = ", ".join(f"case when {check.broken} then '{check.key}' end" for check in checks)
    due = f"(make_date(month // 100, month % 100, 1) + interval 1 month)::date + {told.due_day - 1}"
    connection.execute(
        "create temp table judged as with typed as ("
        f" select *, date '{told.today}' as today, date '{told.oldest}' as oldest,"
        f" case when month > 0 then {due} end as due_on from dated),"
        f" found as (select line, month, coalesce(is_void, false) as void,"
        f" list_filter([{noted}], fault -> fault is not null) as all_faults from typed join raw using (line))"
        f" select line, month, case when void then list_filter(all_faults, fault -> list_contains({asked}, fault))"
        " else all_faults end as faults from found"
    )
    keys = {dimension: [check.key for check in checks if check.dimension is dimension] for dimension in Dimension}
    rejecting = [check.key for check in checks if check.rejects]
    flags = ", ".join(f"list_has_any(faults, {_list(keys[dimension])}) as {dimension}" for dimension in Dimension)
    connection.execute(
        f"create temp table verdicts as select *, list_has_any(faults, {_list(rejecting)}) as rejected, {flags}"
        " from judged"
    )


def _list(keys: list[str]) -> str:
    return "[" + ", ".join(f"'{key}'" for key in keys) + "]"


def _taken(fact: str, told: Circumstances) -> str:
    """Return the query of the rows that are taken in, as the fact has them."""
    given = {column.name for column in FILES[fact]}
    ways = DERIVED[fact].columns | {
        "institution": str(told.institution_id),
        "month": "coalesce(d.month, 0)",
        "row_key": f"'{told.institution_id}:' || d.source_key",
        "consortium": "null",
    }
    values = []
    for name in schema_of(FACTS[fact]).names:
        way = ways.get(name) or (f'd."{name}"' if name in given else "null")
        values.append(f'{way} as "{name}"')
    return (
        f"select {', '.join(values)}, coalesce(d.is_void, false) as is_void"
        " from dated d join verdicts v using (line) where not v.rejected order by line"
    )


def _months(connection: "duckdb.DuckDBPyConnection") -> list[MonthCount]:
    found = connection.execute(
        "select coalesce(month, 0), count(*), count(*) filter (where rejected), count(*) filter (where complete),"
        " count(*) filter (where consistent), count(*) filter (where timely) from verdicts group by 1 order by 1"
    ).fetchall()
    return [MonthCount(*row) for row in found]


def _broken(connection: "duckdb.DuckDBPyConnection") -> dict[str, int]:
    rows = connection.execute(
        "select fault, count(*) from (select unnest(faults) as fault from verdicts) group by 1 order by 2 desc, 1"
    )
    return dict(rows.fetchall())


def _rejected(connection: "duckdb.DuckDBPyConnection", fact: str) -> list[dict[str, Any]]:
    names = ", ".join(f'"raw_{column.name}" as "{column.name}"' for column in FILES[fact])
    rows = connection.execute(
        f"select line, faults, {names} from verdicts join raw using (line) where rejected"
        f" order by line limit {MOST_SHOWN}"
    )
    keys = [column[0] for column in rows.description or ()]
    return [dict(zip(keys, row, strict=True)) for row in rows.fetchall()]
