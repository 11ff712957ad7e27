"""Whether an engine may be believed: rows full of traps, counted by it and by plain Python (docs/adr/0165).

The traps are those in which engines were seen to differ: more different values than an approximate count can tell,
sums beyond 32 and 53 bits, unknown values under `not`, text that is not ASCII, groups without rows, ends of months.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any

from yilian.kernel.indicators.engines.question import Engine, Question
from yilian.kernel.indicators.parsing import parse
from yilian.kernel.indicators.reference import carried_out
from yilian.kernel.indicators.tree import Aggregate
from yilian.kernel.indicators.typing_rules import Vocabulary, institutions_fact
from yilian.kernel.lake.columns import schema_of
from yilian.kernel.lake.fact import Column, Fact, Kind
from yilian.kernel.lake.manifest import Manifest, Part

FACT = Fact(
    "conformance", "conformance", (
        Column("who", Kind.IDENTITY, "who"),
        Column("code", Kind.CODE, "code"),
        Column("number", Kind.INT, "number"),
        Column("other", Kind.INT, "other"),
        Column("flag", Kind.BOOL, "flag"),
        Column("begun_at", Kind.MOMENT, "begun"),
        Column("ended_at", Kind.MOMENT, "ended"),
        Column("since_on", Kind.DATE, "since"),
        Column("until_on", Kind.DATE, "until"),
    ), {"here": "here", "there": "there"}, view="conformance_rows",
)  # fmt: skip
TEXTS = (
    "count()",
    "count(where=flag)",
    "count(where=not flag)",
    "count(where=flag or number > 3)",
    "count(where=not (flag and number > 3))",
    "count(where=number != 3)",
    "count(where=number not in [3, -7])",
    "count(where=between(number, -7, 5))",
    "count(where=is_known(code) and not is_known(flag))",
    'count(where=prefix(code, 2) in ["I1", "E1"])',
    'count(where=code == "I10" or code != "E11")',
    "count(where=ended_at <= begun_at + minutes(30))",
    "count(where=ended_at < begun_at + days(31))",
    "count(where=until_on <= since_on + days(29))",
    "sum(number)",
    "sum(number + other, where=flag)",
    "sum(number - other)",
    "sum(other, where=number > 1000)",
    "distinct(who)",
    "distinct(code)",
    "distinct(number, where=flag)",
)
MANY = 70_000
"""More different values than an approximate count keeps apart."""
MONTHS = {202412: 202410, 202501: 202501, 202502: 202501}
"""Counted by quarters, over the turn of a year."""


@dataclass(frozen=True)
class Trial:
    """Rows to count, what is known of institutions, and what to count."""

    rows: Sequence[Mapping[str, Any]]
    institutions: Mapping[int, int | None]
    trees: tuple[Aggregate, ...]
    at: str = "here"


def trial(texts: Iterable[str] = TEXTS) -> Trial:
    """Return the shipped trial."""
    known = _number_of_institutions()
    asked = [
        *texts,
        *([f"count(where=institution.{known} >= 2)", f"sum(number, where=there.{known} == 1)"] if known else []),
    ]
    trees = tuple(parse(text, Vocabulary(FACT, "here")) for text in asked)
    return Trial([*_traps(), *_many()], {1: 1, 2: 3, 3: None}, trees)


def _number_of_institutions() -> str:
    fact = institutions_fact()
    return next((column.name for column in fact.columns if column.kind is Kind.INT), "") if fact else ""


def _traps() -> Iterable[dict[str, Any]]:
    codes = ("I10", "E11", "I1", "", "高血压", "Z99", None)
    numbers = (7, -7, None, 2**31 - 1, 2**53 + 1, 0, 3)
    flags = (True, False, None)
    begun = (datetime(2024, 2, 29, 23, 59, 59), datetime(2025, 1, 31), None)
    for place, (code, number, flag, begin) in enumerate(product(codes, numbers, flags, begun)):
        end = None if begin is None else begin + timedelta(minutes=place % 50, days=place % 4 * 31)
        yield _row(place, code=code, number=number, flag=flag, begun_at=begin, ended_at=end)


def _many() -> Iterable[dict[str, Any]]:
    for place in range(MANY):
        yield _row(place, who=2**62 + place, here=2, month=202501)


def _row(place: int, **given: Any) -> dict[str, Any]:
    first = date(2024, 12, 30) + timedelta(days=place % 3)
    months = tuple(MONTHS)
    return {
        "here": 1 + place % 3, "there": (None, 1, 2, 9)[place % 4], "consortium": (None, 5)[place % 2],
        "month": months[place // 3 % 3], "row_key": str(place), "who": None if place % 5 == 0 else place % 40,
        "code": None, "number": place % 11, "other": place % 7 - 3, "flag": None, "begun_at": None, "ended_at": None,
        "since_on": first, "until_on": None if place % 6 == 0 else first + timedelta(days=place % 60),
    } | given  # fmt: skip


def differences(engine: Engine, tried: Trial) -> list[str]:
    """Return what an engine counts otherwise than plain Python, in words; nothing when it may be believed.

    What adds up and what tells things apart are asked by themselves, as the product does. Raises EngineError when the
    engine cannot answer at all.
    """
    wanted, found = expected(tried), dict[tuple[int | None, int], dict[Aggregate, int | None]]()
    for trees in _asked_together(tried.trees):
        for place, _circle, span, numbers in engine.answer(Question(FACT, tried.at, trees, MONTHS)):
            found.setdefault((place, span), {}).update(zip(trees, numbers, strict=True))
    return [
        f"{place} {span} {tree}: {got} {says}"
        for place, span in sorted(set(found) | set(wanted))
        for tree in tried.trees
        if (got := found.get((place, span), {}).get(tree, "-"))
        != (says := wanted.get((place, span), {}).get(tree, "-"))
    ]


def _asked_together(trees: Sequence[Aggregate]) -> list[tuple[Aggregate, ...]]:
    kinds = (tuple(tree for tree in trees if tree.is_distinct is kind) for kind in (False, True))
    return [asked for asked in kinds if asked]


def expected(tried: Trial) -> dict[tuple[int | None, int], dict[Aggregate, int | None]]:
    """Return what plain Python counts, by institution and span."""
    known, groups = _number_of_institutions(), dict[tuple[int | None, int], list[dict[str, Any]]]()
    for row in tried.rows:
        seen = {f"{place}.{known}": tried.institutions.get(row[place]) for place in FACT.institutions}
        if row[tried.at] is not None:
            groups.setdefault((row[tried.at], MONTHS[row["month"]]), []).append({**row, **seen})
    return {group: {tree: carried_out(tree, rows) for tree in tried.trees} for group, rows in groups.items()}


def as_lake(tried: Trial, folder: Path) -> Manifest:
    """Write a trial as a lake into a folder and return its manifest."""
    parts = [_written(FACT, month, [row for row in tried.rows if row["month"] == month], folder) for month in MONTHS]
    known, name = institutions_fact(), _number_of_institutions()
    if known:
        key = next(iter(known.institutions))
        rows = [{key: place, "month": 0, "row_key": str(place), name: of} for place, of in tried.institutions.items()]
        parts.append(_written(known, 0, rows, folder))
    return Manifest(parts=tuple(parts), folder=folder)


def _written(fact: Fact, month: int, rows: Sequence[Mapping[str, Any]], folder: Path) -> Part:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = schema_of(fact)
    table = pa.table(
        {name: pa.array([row.get(name) for row in rows], schema.field(name).type) for name in schema.names}
    )
    name = f"{fact.key}-{month}.parquet"
    pq.write_table(table.cast(schema), folder / name)
    return Part(fact.key, month, name, len(rows), 0)


def as_tables(tried: Trial, write: Callable[[str, Sequence[Sequence[Any]]], None]) -> None:
    """Give a trial to `write` as (statement, rows) of temporary tables, which PostgreSQL finds before the views."""
    types = {Kind.INT: "bigint", Kind.BOOL: "bool", Kind.CODE: "text", Kind.DATE: "date", Kind.MOMENT: "timestamp",
             Kind.IDENTITY: "bigint"}  # fmt: skip
    columns = {name: "int" for name in (*FACT.institutions, "consortium", "month")} | {"row_key": "text"}
    columns |= {column.name: types[column.kind] for column in FACT.columns}
    _table(FACT.view, columns, [[row[name] for name in columns] for row in tried.rows], write)
    known, name = institutions_fact(), _number_of_institutions()
    if known:
        key = next(iter(known.institutions))
        _table(known.view, {key: "int", name: "bigint"}, list(tried.institutions.items()), write)


def _table(
    name: str,
    columns: Mapping[str, str],
    rows: Sequence[Sequence[Any]],
    write: Callable[[str, Sequence[Sequence[Any]]], None],
) -> None:
    listed = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
    write(f'create temporary table "{name}" ({listed}) on commit drop', ())
    write(f'insert into "{name}" values ({", ".join(["%s"] * len(columns))})', rows)
