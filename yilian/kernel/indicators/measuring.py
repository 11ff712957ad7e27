"""Keeping the numbers that no formula can say: each measure is asked in the scope of the institution it is about.

They are not added up, so they are asked for every span they are wanted for, and only for the running and the last
month and what these lie in: at night.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from yilian.kernel import clock
from yilian.kernel.access.actor import system_actor
from yilian.kernel.access.scope import scope
from yilian.kernel.clock.periods import add_months, period_of
from yilian.kernel.indicators.belonging import belonging
from yilian.kernel.indicators.evaluation import Value, evaluate
from yilian.kernel.indicators.indicator import Indicator, indicators
from yilian.kernel.indicators.models import Computation
from yilian.kernel.indicators.spans import LENGTHS, first_day, number, span_of
from yilian.kernel.indicators.storing import Result, store

LONGEST_FAILURE = 500


def measure_all() -> Computation:
    """Ask every measure for every member and keep the answers; a measure that fails is noted and stops no other."""
    at, measured = clock.now(), [indicator for indicator in indicators if indicator.measure]
    spans, failures, stored = recent_spans(clock.today()), set[str](), 0
    month = number(clock.today())
    places = sorted({institution for institution, _consortium, _month in belonging.members(month, month)})
    results: list[Result] = []
    for place in places:
        with scope(system_actor(_("系统"), place)):
            results += _of_one(place, measured, spans, failures)
    for length in LENGTHS:
        kept = [result for result in results if result.months == length]
        months = {result.month for result in kept}
        stored += store(kept, covers=[each.key for each in measured], months=months, lengths=[length], at=at)
    return Computation.objects.create(
        started_at=at, finished_at=clock.now(), engine="PostgreSQL", months=sorted({span for span, _length in spans}),
        results=stored, failure="; ".join(sorted(failures))[:LONGEST_FAILURE],
    )  # fmt: skip


def recent_spans(today: date) -> list[tuple[int, int]]:
    """Return this month and the last one, and the quarters, half years and years they lie in, as (month, length)."""
    months = (number(today), number(add_months(today.replace(day=1), -1)))
    return sorted({(span_of(month, length), length) for month in months for length in LENGTHS})


def _of_one(
    place: int, measured: Iterable[Indicator], spans: Iterable[tuple[int, int]], failures: set[str]
) -> Iterator[Result]:
    for indicator in measured:
        digest = indicator.definition_digest
        for span, length in spans:
            try:
                with transaction.atomic():
                    value = evaluate(indicator.key, place, period=period_of(first_day(span), length))
            except (DatabaseError, ArithmeticError) as error:
                failures.add(f"{indicator.key}: {str(error).splitlines()[0]}")
                continue
            if not value.is_unknown:
                yield _result(value, place, span, length, digest)


def _result(value: Value, place: int, span: int, length: int, digest: bytes) -> Result:
    part, whole = _whole(value.part), _whole(value.whole)
    amount = None if part is not None else value.value
    return Result(value.indicator.key, place, None, first_day(span), part, whole, digest, length, amount)


def _whole(number: Decimal | None) -> int | None:
    return int(number) if number is not None and number == int(number) else None
