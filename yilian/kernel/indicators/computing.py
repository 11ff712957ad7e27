"""Counting what is stale and keeping it: the worker's work, at night and after a feed; twice is harmless."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction

from yilian.kernel import clock
from yilian.kernel.indicators.answering import Batch, answers, batches, results
from yilian.kernel.indicators.catalogue import Edition, editions
from yilian.kernel.indicators.engines.question import Engine, EngineError
from yilian.kernel.indicators.models import Computation, Computed
from yilian.kernel.indicators.planning import Work, ground, stale
from yilian.kernel.indicators.refusal import FormulaRefused
from yilian.kernel.indicators.spans import first_day, number
from yilian.kernel.indicators.storing import Result, store
from yilian.kernel.lake.manifest import Manifest

LOCK = "select pg_try_advisory_xact_lock(hashtext('indicators_computing'))"
LONGEST_FAILURE = 500


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
    on = ground(manifest, {edition.formula.fact})
    work = Work(edition, {(month, 1): b"asked"})
    batch = Batch((work,), 1, (month,))
    return list(results(on, batch, [month], answers(engine, on, batch, [month])))


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
        said = answers(self.engine, self.on, batch, known) if known else {}
        rows = list(results(self.on, batch, known, said))
        self.stored += store(
            rows, covers=[work.edition.key for work in batch.works], months=[first_day(span) for span in batch.spans],
            lengths=[batch.length], consortia=_only(batch.edition), at=self.at,
        )  # fmt: skip
        self._note(batch, known)
        self.months.update(batch.spans)

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


def _only(edition: Edition) -> list[int] | None:
    return None if edition.consortium_id is None else [edition.consortium_id]
