"""Different things over spans that overlap: each thing once, with a bit for every month in which it was seen.

From that DuckDB counts quarters, half years and years, of institutions and of consortia, without reading the rows again
(docs/adr/0218).
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from yilian.kernel.indicators.engines.expressions import seen_sql, sql
from yilian.kernel.indicators.engines.question import CONSORTIUM, INSTITUTION, Question
from yilian.kernel.indicators.tree import Aggregate, Row, Verb
from yilian.kernel.lake.duck import give_numbers

if TYPE_CHECKING:
    import duckdb

Group = tuple[int | None, int | None, int]
"""Institution, consortium (None where not asked by), first month of the span."""
Numbers = dict[Group, dict[Aggregate, int]]
Belonging = dict[tuple[int, int], int]
"""The months, as bits, in which an institution belonged to a consortium."""
EVERYTHING = Aggregate(Verb.COUNT)
"""How many rows there are: a group that has any has a number, though it be zero."""


class Seen:
    """Tables of what a question tells apart in one column, and of how many rows there are, by institution and month.

    One has a row for each institution and value with the months it was seen in, a number for each tree; for each way
    of grouping another says of how many values these numbers are the same.
    """

    def __init__(self, question: Question, of: Row, name: str) -> None:
        self.about = (question.fact.key, question.at)
        self.told = tuple(tree for tree in question.trees if tree.is_distinct and tree.of == of)
        self.counted = tuple(dict.fromkeys([EVERYTHING, *(tree for tree in question.trees if not tree.is_distinct)]))
        self.name = name
        self.bits = {month: 1 << place for place, month in enumerate(sorted(question.months))}
        self.asked = replace(question, months=self.bits, by=(INSTITUTION,), members=())
        self._grouped: dict[tuple[str, ...], Belonging] = {}

    def holds(self, question: Question, of: Row) -> bool:
        """Say whether what a question asks of this column can be told from the tables."""
        trees = {tree for tree in question.trees if not tree.is_distinct or tree.of == of}
        is_about = self.about == (question.fact.key, question.at)
        return is_about and trees <= {*self.told, *self.counted} and set(question.months) <= set(self.bits)

    def fill(self, duck: "duckdb.DuckDBPyConnection") -> None:
        """Read the rows of `asked`, whose names DuckDB knows; the span of each is the bit of its month."""
        values, rows = replace(self.asked, trees=self.told), replace(self.asked, trees=self.counted)
        duck.execute(f"create or replace table {self.name} as {seen_sql(values, 'duckdb')}")
        duck.execute(f"create or replace table {self.name}_rows as {sql(rows, 'duckdb')}")

    def numbers(self, duck: "duckdb.DuckDBPyConnection", question: Question) -> Numbers:
        """Return what every tree comes to by group; only groups that have rows are there."""
        spans: dict[int, int] = {}
        for month, span in question.months.items():
            spans[span] = spans.get(span, 0) | self.bits[month]
        belonging = self._belonging(question.members)
        if question.needs_members:
            rows = ((place, circle, months) for (place, circle), months in belonging.items())
            give_numbers(duck, "within", ("institution", "consortium", "months"), rows)
        told = [f"sum(things) filter (where seen{n} & {{bits}} <> 0)" for n in range(len(self.told))]
        counted = [f"sum(n{n}) filter (where span & {{bits}} <> 0)" for n in range(len(self.counted))]
        found = _answered(duck, self._values(duck, question, belonging), told, spans, self.told)
        return {
            group: numbers | found.get(group, {})
            for group, numbers in _answered(duck, self._rows(question), counted, spans, self.counted).items()
            if numbers[EVERYTHING]
        }

    def _rows(self, question: Question) -> str:
        """Return SQL of how many rows there are, by group and month."""
        if not question.needs_members:
            return f"select * from {self.name}_rows"
        place = "place" if INSTITUTION in question.by else "null::int as place"
        joined = f"{self.name}_rows join within on institution = place and months & span <> 0"
        return f"select {place}, consortium as circle, * exclude (place, circle) from {joined}"

    def _values(self, duck: "duckdb.DuckDBPyConnection", question: Question, belonging: Belonging) -> str:
        """Return SQL of how many values were seen in the same months; it is kept for the next question."""
        name = "_".join([self.name, *question.by])
        if self._grouped.get(question.by) != belonging:
            seen = ", ".join(f"seen{n}" for n in range(len(self.told)))
            each = f"select place, circle, {seen}, count(*) as things from ({self._each(question)}) group by all"
            duck.execute(f"create or replace table {name} as {each}")
            self._grouped[question.by] = belonging
        return f"select * from {name}"

    def _each(self, question: Question) -> str:
        """Return SQL of the values of every group, each once."""
        columns, joined = range(len(self.told)), f"from {self.name} join within on institution = place"
        if not question.needs_members:
            return f"select place, null::int as circle, * exclude (place) from {self.name}"
        if question.by == (CONSORTIUM,):
            seen = ", ".join(f"bit_or(seen{n} & months) as seen{n}" for n in columns)
            return f"select null::int as place, consortium as circle, {seen} {joined} group by consortium, thing"
        seen = ", ".join(f"seen{n} & months as seen{n}" for n in columns)
        return f"select place, consortium as circle, {seen} {joined}"

    def _belonging(self, members: Sequence[tuple[int, int, int]]) -> Belonging:
        found: Belonging = {}
        for institution, consortium, month in members:
            found[institution, consortium] = found.get((institution, consortium), 0) | self.bits.get(month, 0)
        return found


def _answered(
    duck: "duckdb.DuckDBPyConnection", rows: str, sums: Sequence[str], spans: dict[int, int], trees: Sequence[Aggregate]
) -> Numbers:
    """Return each sum over the months of every span, by the tree it stands for."""
    asked = [f"coalesce({each.format(bits=bits)}, 0)::bigint" for bits in spans.values() for each in sums]
    found = duck.execute(f"select place, circle, {', '.join(asked)} from ({rows}) group by 1, 2").fetchall()
    return {
        (place, circle, span): dict(zip(trees, numbers[number * len(trees) :], strict=False))
        for place, circle, *numbers in found
        for number, span in enumerate(spans)
    }
