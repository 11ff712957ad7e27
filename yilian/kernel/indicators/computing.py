"""Counting what is stale and keeping it: the worker's work, at night and after a feed; twice is harmless."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from yilian.kernel import clock
from yilian.kernel.indicators.catalogue import Edition, editions
from yilian.kernel.indicators.cells import Cell, Group, Pair, added_up, is_unknown, zeros
from yilian.kernel.indicators.engines.question import CONSORTIUM, INSTITUTION, Engine, EngineError, Question
from yilian.kernel.indicators.models import Computation, Computed
from yilian.kernel.indicators.planning import Work, ground, stale
from yilian.kernel.indicators.refusal import FormulaRefused
from yilian.kernel.indicators.spans import by_year, first_day, months_in, number
from yilian.kernel.indicators.storing import Result, store
from yilian.kernel.indicators.tree import Aggregate
from yilian.kernel.lake.manifest import Manifest

LOCK = "select pg_try_advisory_xact_lock(hashtext('indicators_computing'))"
LONGEST_FAILURE = 500
OWN = (INSTITUTION, CONSORTIUM)


@dataclass(frozen=True)
class Batch:
    """Works over one fact that are counted by the same questions: the same column, months, and way of adding up."""

    works: tuple[Work, ...]
    length: int
    spans: tuple[int, ...]

    @property
    def edition(self) -> Edition:
        return self.works[0].edition


def compute(engine: Engine, manifest: Manifest, *, chosen: Sequence[Edition] | None = None) -> Computation | None:
    """Count everything that is stale and keep it, all at once; None when somebody else is at it already.

    A fact that the engine cannot count keeps its old numbers and is tried again next time; the failure is noted.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(LOCK)
            if not cursor.fetchone()[0]:
                return None
        return _Run(engine, manifest).everything(editions() if chosen is None else chosen)


def preview(engine: Engine, manifest: Manifest, edition: Edition, month: int) -> list[Result]:
    """Return what a definition would come to in a month (yyyymm), and keep nothing. Raises EngineError."""
    assert edition.formula
    run = _Run(engine, manifest)
    run.on = ground(manifest, {edition.formula.fact})
    work = Work(edition, {(month, 1): b"asked"})
    batch = Batch((work,), 1, (month,))
    return list(run.results(work, batch, [month], run.answers(batch, [month])))


def last_month(manifest: Manifest, fact: str) -> int | None:
    """Return the last month that is over and has rows of a fact, else the latest that has any, or None."""
    there = sorted({part.month for part in manifest.of(fact) if part.rows})
    over = [month for month in there if month < number(clock.today())]
    return max(over or there, default=None)


class _Run:
    """One run: the engine, what is counted from, and what went wrong."""

    def __init__(self, engine: Engine, manifest: Manifest) -> None:
        self.engine = engine
        self.manifest = manifest
        self.at: datetime = clock.now()
        self.failures: list[str] = []
        self.stored = 0
        self.months: set[int] = set()

    def everything(self, chosen: Sequence[Edition]) -> Computation:
        sound = [edition for edition in chosen if self._is_sound(edition)]
        self.on = ground(self.manifest, {edition.formula.fact for edition in sound if edition.formula})
        for batch in batches(stale(sound, self.on)):
            try:
                self._count(batch)
            except EngineError as error:
                self.failures.append(f"{batch.works[0].fact.key}: {error}")
        return Computation.objects.create(
            started_at=self.at, finished_at=clock.now(), engine=self.engine.name, months=sorted(self.months),
            results=self.stored, failure="; ".join(dict.fromkeys(self.failures))[:LONGEST_FAILURE],
        )  # fmt: skip

    def _is_sound(self, edition: Edition) -> bool:
        try:
            return bool(edition.formula and edition.formula.aggregates)
        except FormulaRefused as refused:
            self.failures.append(f"{edition.key}: {refused.sentence}")
            return False

    def _count(self, batch: Batch) -> None:
        known = [span for span in batch.spans if batch.works[0].spans[span, batch.length]]
        answers = self.answers(batch, known) if known else {}
        rows = [row for work in batch.works for row in self.results(work, batch, known, answers)]
        self.stored += store(
            rows, covers=[work.edition.key for work in batch.works], months=[first_day(span) for span in batch.spans],
            lengths=[batch.length], consortia=_only(batch.edition), at=self.at,
        )  # fmt: skip
        self._note(batch, known)
        self.months.update(batch.spans)

    def answers(self, batch: Batch, known: Sequence[int]) -> "dict[tuple[str, ...], list[_Answered]]":
        """Return what the engine says, by what it was grouped by."""
        edition, fact = batch.edition, batch.works[0].fact
        assert edition.formula
        trees = tuple(dict.fromkeys(tree for work in batch.works for tree in _trees(work)))
        months = {month: span for span in known for month in months_in(span, batch.length)}
        found: dict[tuple[str, ...], list[_Answered]] = {}
        for by in groupings(edition, is_fed=fact.is_fed):
            question = Question(fact, edition.formula.at, trees, months, by, self._members(by, months))
            found[by] = [
                (place, circle, span, dict(zip(trees, numbers, strict=True)))
                for place, circle, span, numbers in self.engine.answer(question)
            ]
        return found

    def _members(self, by: tuple[str, ...], months: Iterable[int]) -> list[tuple[int, int, int]]:
        if CONSORTIUM not in by:
            return []
        return [
            (institution, consortium, month)
            for month in months
            for institution, consortia in self.on.circles.get(month, {}).items()
            for consortium in consortia
        ]

    def results(
        self, work: Work, batch: Batch, known: Sequence[int], answers: "dict[tuple[str, ...], list[_Answered]]"
    ) -> Iterator[Result]:
        edition, is_fed = work.edition, work.fact.is_fed
        assert edition.formula
        trees, is_ratio, is_own = _trees(work), bool(edition.formula.whole), edition.consortium_id is not None
        cells: dict[Cell, Pair] = {} if is_fed else zeros(known, self.on, is_ratio=is_ratio)
        groups = {by: list(_groups(rows, trees)) for by, rows in answers.items()}
        if edition.formula.is_distinct:
            for rows in groups.values():
                cells |= {(place, circle, span): pair for place, circle, span, pair in rows if (place or circle)}
        else:
            for rows in groups.values():
                cells |= added_up(rows, self.on, is_ratio=is_ratio, is_fed=is_fed, is_own=is_own)
        for (place, circle, span), pair in cells.items():
            if is_own and circle != edition.consortium_id:
                continue
            part, whole = (None, None) if is_unknown(pair, is_ratio) else pair
            yield Result(edition.key, place, circle, first_day(span), part, whole, edition.digest, batch.length)

    def _note(self, batch: Batch, known: Sequence[int]) -> None:
        """Remember what the spans of a batch were counted from."""
        rows, gone = [], [span for span in batch.spans if span not in set(known)]
        for work in batch.works:
            key, consortium = work.edition.key, work.edition.consortium_id
            rows += [
                Computed(key=key, consortium_id=consortium, month=span, months=batch.length,
                         stamp=work.spans[span, batch.length]) for span in known
            ]  # fmt: skip
            Computed.objects.filter(key=key, consortium=consortium, month__in=gone, months=batch.length).delete()
        Computed.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["key", "consortium", "month", "months"], update_fields=["stamp"]
        )


_Answered = tuple[int | None, int | None, int, dict[Aggregate, int | None]]


def _only(edition: Edition) -> list[int] | None:
    return None if edition.consortium_id is None else [edition.consortium_id]


def _trees(work: Work) -> tuple[Aggregate, ...]:
    assert work.edition.formula
    return work.edition.formula.aggregates


def _groups(rows: Iterable[_Answered], trees: tuple[Aggregate, ...]) -> Iterator[Group]:
    for place, circle, span, numbers in rows:
        part, *whole = (numbers[tree] for tree in trees)
        yield place, circle, span, (part, whole[0] if whole else None)


def groupings(edition: Edition, *, is_fed: bool) -> list[tuple[str, ...]]:
    """Return by what the engine groups: what adds up is rolled up afterwards, different ones are counted for each."""
    assert edition.formula
    if not edition.formula.is_distinct:
        return [(INSTITUTION,) if is_fed else OWN]
    if edition.consortium_id is not None:
        return [(CONSORTIUM,), OWN]
    return [(INSTITUTION,), (CONSORTIUM,)] if is_fed else [(INSTITUTION,), (CONSORTIUM,), OWN]


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
