"""Keeping the numbers that no formula can say: each measure is asked among the rows of whom it is about.

They are not added up, so they are asked for every span they are wanted for: of the running and the last month and what
these lie in every night, of the past as `recalling` says (docs/adr/0226).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from yilian.kernel import clock
from yilian.kernel.access.actor import Actor, system_actor
from yilian.kernel.access.scope import scope
from yilian.kernel.clock.periods import period_of
from yilian.kernel.indicators.abreast import evaluate_abreast
from yilian.kernel.indicators.belonging import belonging
from yilian.kernel.indicators.evaluation import Value, evaluate
from yilian.kernel.indicators.indicator import Indicator, indicators
from yilian.kernel.indicators.models import MEASURES, Computation
from yilian.kernel.indicators.recalling import Plan, note, plan, trend_months
from yilian.kernel.indicators.spans import Span, first_day, number
from yilian.kernel.indicators.storing import Result, store

LONGEST_FAILURE = 500
FAULTS = (DatabaseError, ArithmeticError)
"""What may go wrong in one measure."""
A_NIGHT = 24
"""How many spans of the past that were never asked for are made up for in one run: two years of months or so."""


def tonight(*, back: int = A_NIGHT) -> Plan:
    """Return what is to be asked today; `back` spans of the past, the latest first, are made up for."""
    return plan([each for each in indicators if each.measure], clock.today(), back)


def measure_all(*, back: int = A_NIGHT) -> Computation:
    """Ask all that is to be asked today, at once."""
    return measure(tonight(back=back))


def measure(wanted: Plan) -> Computation:
    """Ask these measures for every member and consortium and keep the answers; one that fails stops no other."""
    at = clock.now()
    run = _Run(at, wanted)
    run.everything()
    months = sorted({month for month, _length in run.wanted})
    return Computation.objects.create(
        started_at=at, finished_at=clock.now(), engine=MEASURES, months=months,
        results=run.keep(), failure="; ".join(sorted(run.failures.values()))[:LONGEST_FAILURE],
    )  # fmt: skip


class _Run:
    """One run: what is asked, what came of it, and what failed."""

    def __init__(self, at: datetime, wanted: Plan) -> None:
        self.at, self.wanted = at, wanted
        self.results: list[Result] = []
        self.failures: dict[str, str] = {}
        """What went wrong, by the key of the indicator."""

    def everything(self) -> None:
        """Ask for each institution and each consortium, among the rows of those concerned."""
        circles: dict[int, set[int]] = {}
        first, last = trend_months(clock.today())
        for institution, consortium, _month in belonging.members(first, last):
            circles.setdefault(consortium, set()).add(institution)
        places = sorted(set().union(*circles.values()))
        if places:
            self._ask_places(places)
        for consortium, members in sorted(circles.items()):
            with scope(*_eyes(members)):
                self._ask(None, consortium, self._of_level("consortium"))

    def keep(self) -> int:
        """Keep what was answered in place of what was there; return how many numbers."""
        stored, found = 0, dict[Span, list[Result]]()
        for result in self.results:
            found.setdefault((number(result.month), result.months), []).append(result)
        for (month, length), asked in self.wanted.items():
            covers = [each.key for each in asked if each.key not in self.failures]
            kept = found.get((month, length), [])
            stored += store(kept, covers=covers, months=[first_day(month)], lengths=[length], at=self.at)
        note(self.wanted, but=self.failures)
        return stored

    def _of_level(self, level: str) -> dict[Span, Sequence[Indicator]]:
        return {span: [each for each in asked if level in each.level] for span, asked in self.wanted.items()}

    def _ask_places(self, places: Sequence[int]) -> None:
        """Ask for several at once where that can be said, else for one institution after the other."""
        alone: dict[Span, list[Indicator]] = {}
        with scope(*_eyes(places)):
            for span, asked in self._of_level("institution").items():
                for indicator in asked:
                    if not self._together(indicator, places, span):
                        alone.setdefault(span, []).append(indicator)
        for place in places:
            with scope(*_eyes([place])):
                self._ask(place, None, alone)

    def _together(self, indicator: Indicator, places: Sequence[int], span: Span) -> bool:
        try:
            with transaction.atomic():
                found = evaluate_abreast(indicator.key, places, None, period=period_of(first_day(span[0]), span[1]))
        except FAULTS as error:
            self._failed(indicator, error)
            return True
        for place, counted in (found or {}).items():
            self._note(counted.value, place, None, span)
        return found is not None

    def _ask(self, place: int | None, consortium: int | None, asked: Mapping[Span, Iterable[Indicator]]) -> None:
        """Ask for one institution or consortium: all at once, or if one of them fails each by itself."""
        pairs = list(_pairs(asked))
        try:
            with transaction.atomic():
                found: list[Value | None] = [_value(each, place, consortium, span) for span, each in pairs]
        except FAULTS:
            found = [self._alone(indicator, place, consortium, span) for span, indicator in pairs]
        for (span, _indicator), value in zip(pairs, found, strict=True):
            if value is not None:
                self._note(value, place, consortium, span)

    def _alone(self, indicator: Indicator, place: int | None, consortium: int | None, span: Span) -> Value | None:
        try:
            with transaction.atomic():
                return _value(indicator, place, consortium, span)
        except FAULTS as error:
            self._failed(indicator, error)
            return None

    def _note(self, value: Value, place: int | None, consortium: int | None, span: Span) -> None:
        if value.is_unknown:
            return
        part, whole = _whole(value.part), _whole(value.whole)
        amount = None if part is not None else value.value
        digest = value.indicator.definition_digest
        key, (month, length) = value.indicator.key, span
        self.results.append(Result(key, place, consortium, first_day(month), part, whole, digest, length, amount))

    def _failed(self, indicator: Indicator, error: Exception) -> None:
        self.failures[indicator.key] = f"{indicator.key}: {str(error).splitlines()[0]}"


def _value(indicator: Indicator, place: int | None, consortium: int | None, span: Span) -> Value:
    return evaluate(indicator.key, place, consortium, period=period_of(first_day(span[0]), span[1]))


def _eyes(places: Collection[int]) -> list[Actor]:
    return [system_actor(_("系统"), place) for place in sorted(places)]


def _pairs(asked: Mapping[Span, Iterable[Indicator]]) -> Iterator[tuple[Span, Indicator]]:
    for span, several in asked.items():
        for indicator in several:
            yield span, indicator


def _whole(number: Decimal | None) -> int | None:
    return int(number) if number is not None and number == int(number) else None
