"""How an obligation stands on a day: kept, due, broken, not yet, or unknown, with the rows that prove it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from yilian.kernel.clock.periods import Period, add_months, period_of
from yilian.kernel.deadlines.obligation import Evidence, Obligation, Subject, obligations


class State(StrEnum):
    KEPT = "kept"
    DUE = "due"
    BROKEN = "broken"
    NOT_YET = "not_yet"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Standing:
    """The judgement, the period it is about, its last day, and the evidence inside it."""

    obligation: Obligation
    subject: Subject
    state: State
    period: Period
    evidence: tuple[Evidence, ...] = ()

    @property
    def last_day(self) -> date:
        """The last day on which it can be kept (due), could have been (broken), or stays kept."""
        return self.period.last

    @property
    def missing(self) -> int:
        """How many are still wanted in the period."""
        return max(0, self.obligation.count - len(self.evidence))


def standing(obligation: Obligation, subject: Subject, on: date) -> Standing:
    """Return how the obligation stands on a day.

    Calendar rhythms: kept when this period has enough evidence; broken when the whole period before had not and this
    one has not yet either; due otherwise. The period in which the obligation began is never broken: it was not whole.
    Rolling rhythms: the time runs from the last evidence, or from `since`, until the rhythm or the subject ends it.
    """
    if subject.since > on:
        return Standing(obligation, subject, State.NOT_YET, _first_period(obligation, subject))
    return (_rolling if obligation.rhythm.is_rolling else _calendar)(obligation, subject, on)


def of_period(obligation: Obligation, subject: Subject, period: Period, on: date) -> Standing:
    """Return how an obligation of a calendar rhythm stands in one of its periods, judged on a day.

    A period that was not whole, because the obligation began in it, is never broken.
    """
    found = obligation.evidence(subject, period.first, min(on, period.last))
    if found is None:
        return Standing(obligation, subject, State.UNKNOWN, period)
    here = tuple(item for item in found if item.on in period)
    if len(here) >= obligation.count:
        state = State.KEPT
    elif period.last >= on:
        state = State.DUE
    else:
        state = State.BROKEN if subject.since <= period.first else State.NOT_YET
    return Standing(obligation, subject, state, period, here)


def standings(
    institution_id: int, on: date, only: Iterable[Obligation] | None = None, consortium_id: int | None = None
) -> list[Standing]:
    """Return how everything stands that an institution owes or watches, the broken first; `consortium_id` narrows."""
    order = [State.BROKEN, State.DUE, State.UNKNOWN, State.NOT_YET, State.KEPT]
    found = [
        standing(obligation, subject, on)
        for obligation in (obligations if only is None else only)
        for subject in obligation.subjects(on)
        if subject.is_seen_by(institution_id) and consortium_id in (None, subject.consortium_id)
    ]
    return sorted(found, key=lambda item: (order.index(item.state), item.last_day))


def _first_period(obligation: Obligation, subject: Subject) -> Period:
    if obligation.rhythm.is_rolling:
        return _run_of(subject, subject.since, obligation.rhythm.months)
    return period_of(subject.since, obligation.rhythm.months)


def _calendar(obligation: Obligation, subject: Subject, on: date) -> Standing:
    current = period_of(on, obligation.rhythm.months)
    previous = current.before()
    found = obligation.evidence(subject, previous.first, on)
    if found is None:
        return Standing(obligation, subject, State.UNKNOWN, current)
    found = tuple(found)
    here = tuple(item for item in found if item.on in current)
    if len(here) >= obligation.count:
        return Standing(obligation, subject, State.KEPT, current, here)
    before = tuple(item for item in found if item.on in previous)
    if subject.since <= previous.first and len(before) < obligation.count:
        return Standing(obligation, subject, State.BROKEN, previous, before)
    return Standing(obligation, subject, State.DUE, current, here)


def _rolling(obligation: Obligation, subject: Subject, on: date) -> Standing:
    found = obligation.evidence(subject, subject.since, on)
    months = obligation.rhythm.months
    if found is None:
        return Standing(obligation, subject, State.UNKNOWN, _run_of(subject, subject.since, months))
    last = max((item for item in found if item.on <= on), key=lambda item: item.on, default=None)
    run = _run_of(subject, last.on if last else subject.since, months)
    state = State.BROKEN if run.last < on else State.KEPT if last else State.DUE
    return Standing(obligation, subject, state, run, (last,) if last else ())


def _run_of(subject: Subject, day: date, months: int) -> Period:
    run = _run_from(day, months)
    return Period(min(run.first, subject.until), subject.until) if subject.until else run


def _run_from(day: date, months: int) -> Period:
    """Return the run that begins the day after; its last day has the same number (《民法典》第二百零一、二百零二条)."""
    return Period(day + timedelta(days=1), add_months(day, months))
