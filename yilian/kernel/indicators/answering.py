"""From stale works to numbers: what one question answers is asked together, and groups become numbers.

Nothing is read or kept here but the answers of the engine; `computing` keeps the numbers.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from yilian.kernel.indicators.catalogue import Edition
from yilian.kernel.indicators.cells import Cell, Group, Pair, added_up, is_unknown, zeros
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
    """Put works together that one question answers: additive ones over one fact, distinct ones apart, year by year."""
    together: defaultdict[tuple[object, ...], list[Work]] = defaultdict(list)
    spans_of: dict[tuple[object, ...], tuple[int, tuple[int, ...]]] = {}
    for work in works:
        formula = work.edition.formula
        assert formula
        for length in sorted({length for _month, length in work.spans}):
            spans = [month for month, span_length in work.spans if span_length == length]
            for year in by_year(spans).values():
                alike = (formula.fact, formula.at, formula.is_distinct, work.edition.consortium_id, length, *year)
                spans_of[alike] = length, tuple(year)
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


def results(work: Work, on: Ground, batch: Batch, known: Sequence[int], said: Answers) -> Iterator[Result]:
    """Yield the numbers of one work of a batch from what the engine said of all of them."""
    edition, digest, length = work.edition, work.edition.digest, batch.length
    assert edition.formula
    is_ratio, is_own = bool(edition.formula.whole), edition.consortium_id is not None
    for (place, circle, span), pair in _cells(work, on, batch, known, said).items():
        if is_own and circle != edition.consortium_id:
            continue
        part, whole = (None, None) if is_unknown(pair, is_ratio) else pair
        yield Result(edition.key, place, circle, first_day(span), part, whole, digest, length)


def _cells(work: Work, on: Ground, batch: Batch, known: Sequence[int], said: Answers) -> dict[Cell, Pair]:
    formula, is_fed = work.edition.formula, work.fact.is_fed
    assert formula
    is_ratio, is_own = bool(formula.whole), work.edition.consortium_id is not None
    cells: dict[Cell, Pair] = {} if is_fed else zeros(known, on, is_ratio=is_ratio)
    places = [batch.trees.index(tree) for tree in trees_of(work)]
    for rows in said.values():
        groups = _groups(rows, places)
        if formula.is_distinct:
            cells |= {(place, circle, span): pair for place, circle, span, pair in groups
                      if (place, circle) != (None, None)}  # fmt: skip
        else:
            cells |= added_up(groups, on, is_ratio=is_ratio, is_fed=is_fed, is_own=is_own)
    return cells


def trees_of(work: Work) -> tuple[Aggregate, ...]:
    """Return numerator and, of a ratio, denominator."""
    assert work.edition.formula
    return work.edition.formula.aggregates


def _groups(rows: Iterable[Answer], places: Sequence[int]) -> Iterator[Group]:
    """Yield the groups with the numerator and the denominator, which stand at these places among the trees."""
    part, whole = places[0], places[-1] if len(places) > 1 else None
    for place, circle, span, numbers in rows:
        yield place, circle, span, (numbers[part], None if whole is None else numbers[whole])
