"""When a case must have left a state: the deadline's parameter, counted from the moment it entered."""

from datetime import datetime, timedelta
from typing import Protocol

from django.utils import timezone

from yilian.kernel.clock.periods import add_months
from yilian.kernel.rules.parameter import parameters
from yilian.kernel.rules.values import value_of

_HOURS = {"min": 1 / 60, "h": 1, "d": 24}
_MONTHS = {"mo": 1, "a": 12}


class NoDurationError(TypeError):
    """A deadline names a parameter that is no length of time."""


class HasParameter(Protocol):
    @property
    def parameter(self) -> str: ...


class HasDeadlines(Protocol):
    def deadline_of(self, state: str) -> HasParameter | None: ...


def due_for(
    flow: HasDeadlines,
    state: str,
    entered_at: datetime,
    institution_id: int | None = None,
    consortium_id: int | None = None,
) -> datetime | None:
    """Return when a case that entered `state` at this (aware) moment is due, or None for a state without a deadline.

    The value in force on the day of entry counts; 0 switches the deadline off. Days are 24 hours; months and years
    follow the calendar.
    """
    deadline = flow.deadline_of(state)
    return due_at(deadline.parameter, entered_at, institution_id, consortium_id) if deadline else None


def due_at(
    key: str, entered_at: datetime, institution_id: int | None = None, consortium_id: int | None = None
) -> datetime | None:
    """Return the moment after the length of time that the parameter gives, or None when it is 0.

    Raises NoDurationError when the parameter's unit is not min, h, d, mo or a.
    """
    unit = str(parameters[key].unit)
    entered_at = timezone.localtime(entered_at)
    amount = value_of(key, institution_id, consortium_id, on=entered_at.date())
    if isinstance(amount, bool | str) or unit not in _HOURS | _MONTHS:
        raise NoDurationError(f"parameter {key!r} is no length of time")
    if not amount:
        return None
    if unit in _MONTHS:
        day = add_months(entered_at.date(), int(amount) * _MONTHS[unit])
        return entered_at.replace(year=day.year, month=day.month, day=day.day)
    return entered_at + timedelta(hours=float(amount) * _HOURS[unit])
