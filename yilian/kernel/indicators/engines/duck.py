"""DuckDB over the lake, inside this process: what an installation uses unless it names something else."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yilian.kernel.indicators.engines.expressions import MEMBERS, SPAN, WRITER, needed, rows_sql, span_sql, sql
from yilian.kernel.indicators.engines.question import Answer, EngineError, Question, answered
from yilian.kernel.indicators.engines.seen import Numbers, Seen
from yilian.kernel.indicators.tree import Row, Verb
from yilian.kernel.lake.duck import give_numbers, hatched, listed
from yilian.kernel.lake.fact import Fact
from yilian.kernel.lake.manifest import Manifest

if TYPE_CHECKING:
    import duckdb

ROWS_AT_ONCE = 2_000_000
"""Different values among more rows are told apart span by span: what has to be kept in mind stays small."""


class DuckEngine:
    """Reads the files that a manifest names; bounded in memory, spilling beside the lake.

    One DuckDB answers all questions, for one asker at a time, and ends with the engine. With `only` it knows no other
    rows of the facts asked for than those with these institutions in these columns.
    """

    name = "DuckDB"

    def __init__(self, manifest: Manifest, only: Mapping[str, int] | None = None) -> None:
        self.manifest = manifest
        self.only = only or {}
        self._seen: dict[Row, Seen] = {}

    @property
    def version(self) -> str:
        """The versions of the engine and of what writes its SQL."""
        import duckdb

        return f"{duckdb.__version__} {WRITER}"

    def answer(self, question: Question) -> list[Answer]:
        """Return a row for each group that has any; raise EngineError."""
        with _said_as_ours():
            if self._is_seen(question):
                return self._from_seen(question)
            return [answered(row) for portion in self._portions(question) for row in self._rows(portion)]

    def rows(self, question: Question, wanted: Sequence[str], *, start: int, most: int) -> list[tuple[Any, ...]]:
        """Return row_key, month and the columns wanted of rows that the first tree counts; raise EngineError."""
        with _said_as_ours():
            self._give(question)
            return self._duck.execute(rows_sql(question, wanted, start, most, "duckdb")).fetchall()

    @cached_property
    def _duck(self) -> "duckdb.DuckDBPyConnection":
        return hatched(self.manifest.folder)

    def _rows(self, question: Question) -> list[tuple[int | None, ...]]:
        self._give(question)
        return self._duck.execute(sql(question, "duckdb")).fetchall()

    def _is_seen(self, question: Question) -> bool:
        """Say whether different values are asked for over long spans, or over such as were read for those."""
        ofs = _told_apart(question)
        if not ofs or not question.fact.is_fed or any(tree.verb is Verb.SUM for tree in question.trees):
            return False
        is_long = any(month != span for month, span in question.months.items())
        return is_long or all(of in self._seen and self._seen[of].holds(question, of) for of in ofs)

    def _from_seen(self, question: Question) -> list[Answer]:
        """Return what a question comes to from tables of the different values, which are filled when they lack it."""
        found: Numbers = {}
        for of in _told_apart(question):
            for group, numbers in self._look(question, of).numbers(self._duck, question).items():
                found.setdefault(group, {}).update(numbers)
        return [(*group, tuple(numbers.get(tree, 0) for tree in question.trees)) for group, numbers in found.items()]

    def _look(self, question: Question, of: Row) -> Seen:
        if of not in self._seen or not self._seen[of].holds(question, of):
            seen = Seen(question, of, self._seen[of].name if of in self._seen else f"seen_{len(self._seen)}")
            self._give(seen.asked)
            seen.fill(self._duck)
            self._seen[of] = seen
        return self._seen[of]

    def _give(self, question: Question) -> None:
        """Name the rows that the expression speaks of."""
        for fact, months in needed(question):
            files = listed(files_of(self.manifest, fact, months))
            rows = f"select *, {span_sql(months)} as {SPAN} from read_parquet({files})"
            if self.only and fact is question.fact:
                rows += " where " + " and ".join(f'"{name}" = {int(place)}' for name, place in self.only.items())
            self._duck.execute(f'create or replace view "{fact.key}" as {rows}')
        if question.needs_members:
            give_numbers(self._duck, MEMBERS, ("institution", "consortium", "month"), question.members)

    def _portions(self, question: Question) -> list[Question]:
        """Return the spans of a question about different values one by one, once they have too many rows together."""
        spans = set(question.months.values())
        if len(spans) == 1 or not any(tree.is_distinct for tree in question.trees):
            return [question]
        parts = self.manifest.of(question.fact.key)
        if sum(part.rows for part in parts if part.month in question.months) <= ROWS_AT_ONCE:
            return [question]
        months = {span: {month: of for month, of in question.months.items() if of == span} for span in sorted(spans)}
        return [replace(question, months=held) for held in months.values()]


@contextmanager
def _said_as_ours() -> Iterator[None]:
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        raise EngineError(f"DuckDB: {str(error).splitlines()[0]}") from error


def _told_apart(question: Question) -> list[Row]:
    """Return the columns of which different values are counted, each once."""
    return list(dict.fromkeys(tree.of for tree in question.trees if tree.is_distinct and tree.of is not None))


def files_of(manifest: Manifest, fact: Fact, months: Iterable[int]) -> list[Path]:
    """Return the files that hold these months of a fact, or the one without rows."""
    wanted = set(months)
    chosen = [manifest.folder / part.file for part in manifest.of(fact.key) if part.month in wanted]
    return chosen or manifest.files(fact.key, 1, 0)
