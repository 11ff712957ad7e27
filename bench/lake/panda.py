"""A formula carried out by pandas, column by column: what an analyst would write by hand, as a rival of the engines."""

from collections.abc import Iterable
from functools import reduce
from operator import and_, eq, ge, gt, le, lt, ne, or_
from typing import Any as Anything

import pandas as pd

from yilian.kernel.indicators.engines.duck import files_of
from yilian.kernel.indicators.engines.question import Answer, Question
from yilian.kernel.indicators.tree import (
    Aggregate,
    All,
    Among,
    Any,
    Col,
    Compare,
    Known,
    Later,
    Lit,
    Not,
    Prefix,
    Row,
    Sum,
    Verb,
    columns,
)  # fmt: skip
from yilian.kernel.indicators.typing_rules import institutions_fact
from yilian.kernel.lake.manifest import Manifest

SIGNS = {"==": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}


class PandasEngine:
    """Reads the columns it needs of the files of a lake into memory; groups by institution alone."""

    name, version = "pandas", pd.__version__

    def __init__(self, manifest: Manifest) -> None:
        self.manifest = manifest

    def answer(self, question: Question) -> list[Answer]:
        """Return a row for each institution and span that has any."""
        frame = self._read(question)
        groups = [frame[question.at].rename("place"), frame["month"].map(question.months).rename("span")]
        counted = [_aggregate(tree, frame, groups) for tree in question.trees]
        together = pd.concat([frame.groupby(groups).size(), *counted], axis=1)
        return [
            (int(place), None, int(span), tuple(None if pd.isna(number) else int(number) for number in numbers[1:]))
            for (place, span), *numbers in ((key, *values) for key, values in _rows(together))
        ]

    def _read(self, question: Question) -> pd.DataFrame:
        asked = [col for tree in question.trees for col in columns(tree)]
        names = {"month", question.at} | {col.place or col.name for col in asked}
        frame = _frame(files_of(self.manifest, question.fact, question.months), names)
        frame = frame[frame["month"].isin(list(question.months)) & frame[question.at].notna()]
        for place in {col.place for col in asked if col.place}:
            wanted = {col.name for col in asked if col.place == place}
            frame = frame.merge(self._known(place, wanted), on=place, how="left")
        return frame

    def _known(self, place: str, names: set[str]) -> pd.DataFrame:
        known = institutions_fact()
        assert known
        key = next(iter(known.institutions))
        there = _frame(files_of(self.manifest, known, [0]), {key, *names})
        return there.rename(columns={key: place, **{name: f"{place}.{name}" for name in names}})


def _frame(files: Iterable[Anything], names: set[str]) -> pd.DataFrame:
    read = [pd.read_parquet(file, columns=sorted(names), dtype_backend="numpy_nullable") for file in files]
    return pd.concat(read, ignore_index=True)


def _rows(frame: pd.DataFrame) -> Iterable[tuple[Anything, list[Anything]]]:
    return zip(frame.index, frame.to_numpy(dtype=object).tolist(), strict=True)


def _aggregate(tree: Aggregate, frame: pd.DataFrame, groups: list[pd.Series]) -> pd.Series:
    where = None if tree.where is None else row(tree.where, frame).fillna(False).astype(bool)
    counted = (frame["month"].notna() if where is None else where).astype("int64")
    if tree.of is None:
        return counted.groupby(groups).sum()
    of = row(tree.of, frame)
    of = of if where is None else of.where(where)
    if tree.verb is Verb.DISTINCT:
        return of.groupby(groups).nunique()
    summed = of.groupby(groups).sum(min_count=1)
    return summed.mask(counted.groupby(groups).sum() == 0, 0)


def row(node: Row, frame: pd.DataFrame) -> Anything:
    """Return what a part of a tree is for every row."""
    match node:
        case Col(name=name, place=place):
            return frame[f"{place}.{name}" if place else name]
        case Lit(value=value):
            return value
        case Sum(left=left, right=right, sign=sign):
            return row(left, frame) + sign * row(right, frame)
        case Later(of=of, span=span):
            return row(of, frame) + pd.Timedelta(days=span.days, minutes=span.minutes)
        case Prefix(of=of, length=length):
            return row(of, frame).str[:length]
    return _condition(node, frame)


def _condition(node: Row, frame: pd.DataFrame) -> Anything:
    match node:
        case Compare(left=left, sign=sign, right=right):
            return _compared(row(left, frame), sign, row(right, frame))
        case Among(of=of, values=values):
            found = row(of, frame)
            return found.isin(list(values)).astype("boolean").mask(found.isna())
        case Known(of=of):
            return row(of, frame).notna().astype("boolean")
        case Not(of=of):
            return ~row(of, frame)
        case All(of=parts):
            return reduce(and_, (row(part, frame) for part in parts))
        case Any(of=parts):
            return reduce(or_, (row(part, frame) for part in parts))
    raise TypeError(node)


def _compared(left: Anything, sign: str, right: Anything) -> Anything:
    """Compare two sides; moments have no unknown in their comparisons, so it is put back."""
    found = SIGNS[sign](left, right).astype("boolean")
    for side in (left, right):
        if isinstance(side, pd.Series):
            found = found.mask(side.isna())
    return found
