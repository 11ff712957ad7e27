"""From stale works to numbers: what one question answers is asked together, and groups become numbers.

Nothing is read or kept here but the answers of the engine; `computing` keeps the numbers.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat

from yilian.kernel.indicators.catalogue import Edition
from yilian.kernel.indicators.cells import Cells, added_up, apart, nothing, sums
from yilian.kernel.indicators.engines.question import CONSORTIUM, INSTITUTION, Answer, Engine, Question
from yilian.kernel.indicators.planning import Ground, Work
from yilian.kernel.indicators.spans import by_year, first_day, months_in
from yilian.kernel.indicators.storing import Result
from yilian.kernel.indicators.tree import Aggregate

OWN = (INSTITUTION, CONSORTIUM)
Answers = Mapping[tuple[str, ...], Sequence[Answer]]
"""What the engine says of the trees of a batch, in their order, by what it was grouped by."""


@dataclass(frozen=True)
class Batch:
    """Works over one fact that are counted by the same questions: the same column, months, and way of adding up."""

    works: tuple[Work, ...]
    length: int
    spans: tuple[int, ...]

    @property
    def edition(self) -> Edition:
        return self.works[0].edition

    @cached_property
    def trees(self) -> tuple[Aggregate, ...]:
        """Everything that is asked for, each once."""
        return tuple(dict.fromkeys(tree for work in self.works for tree in trees_of(work)))


def batches(works: Iterable[Work]) -> Iterator[Batch]:
    """Put works together that one question answers: additive ones over one fact, distinct ones apart, year by year.

    The longest spans of a year come first: an engine that has told things apart for them knows the shorter ones too.
    """
    together: defaultdict[tuple[object, ...], list[Work]] = defaultdict(list)
    spans_of: dict[tuple[object, ...], tuple[int, tuple[int, ...]]] = {}
    for work in works:
        formula = work.edition.formula
        assert formula
        for year in by_year({month for month, _length in work.spans}).values():
            for length in sorted({length for month, length in work.spans if month in year}, reverse=True):
                spans = tuple(month for month in year if (month, length) in work.spans)
                alike = (formula.fact, formula.at, formula.is_distinct, work.edition.consortium_id, length, *spans)
                spans_of[alike] = length, spans
                together[alike].append(work)
    for question, held in together.items():
        yield Batch(tuple(held), *spans_of[question])


def groupings(edition: Edition, *, is_fed: bool) -> list[tuple[str, ...]]:
    """Return by what the engine groups: what adds up is rolled up afterwards, different ones are counted for each."""
    assert edition.formula
    if not edition.formula.is_distinct:
        return [(INSTITUTION,) if is_fed else OWN]
    if edition.consortium_id is not None:
        return [(CONSORTIUM,), OWN]
    return [(INSTITUTION,), (CONSORTIUM,)] if is_fed else [(INSTITUTION,), (CONSORTIUM,), OWN]


def question(batch: Batch, on: Ground, known: Sequence[int], by: tuple[str, ...]) -> Question:
    """Return what is asked for the spans of a batch of which something can be known, grouped in one way."""
    assert batch.edition.formula
    months = {month: span for span in known for month in months_in(span, batch.length)}
    members = on.members(months) if CONSORTIUM in by else []
    return Question(batch.works[0].fact, batch.edition.formula.at, batch.trees, months, by, members)


def answers(engine: Engine, on: Ground, batch: Batch, known: Sequence[int]) -> Answers:
    """Return what the engine says of a batch. Raises EngineError."""
    by_what = groupings(batch.edition, is_fed=batch.works[0].fact.is_fed)
    return {by: engine.answer(question(batch, on, known, by)) for by in by_what}


def results(on: Ground, batch: Batch, known: Sequence[int], said: Answers) -> Iterator[Result]:
    """Yield the numbers of all works of a batch from what the engine said."""
    rows = [row for answered in said.values() for row in answered]
    cells = _cells(on, batch, known, rows)
    places, circles, spans = zip(*cells, strict=True) if cells else ((), (), ())
    days = list(map(first_day, spans))
    columns = list(zip(*(numbers for _place, _circle, _span, numbers in rows), strict=True)) or [()] * len(batch.trees)
    for work in batch.works:
        parts, *rest = sums(cells, [columns[batch.trees.index(tree)] for tree in trees_of(work)])
        wholes = rest[0] if rest else [None] * len(parts)
        key, digest, length = map(repeat, (work.edition.key, work.edition.digest, batch.length))
        yield from map(Result, key, places, circles, days, parts, wholes, digest, length)


def _cells(on: Ground, batch: Batch, known: Sequence[int], rows: Sequence[Answer]) -> Cells:
    edition, is_fed = batch.edition, batch.works[0].fact.is_fed
    assert edition.formula
    cells: Cells = {} if is_fed else nothing(known, on)
    if edition.formula.is_distinct:
        cells |= apart(rows)
    else:
        cells |= added_up(rows, on, is_fed=is_fed, is_own=edition.consortium_id is not None)
    if edition.consortium_id is None:
        return cells
    return {cell: places for cell, places in cells.items() if cell[1] == edition.consortium_id}


def trees_of(work: Work) -> tuple[Aggregate, ...]:
    """Return numerator and, of a ratio, denominator."""
    assert work.edition.formula
    return work.edition.formula.aggregates
