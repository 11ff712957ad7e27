"""When something is due: the length of time that a parameter gives, counted from a moment."""

from datetime import datetime, timedelta

from django.utils import timezone

from yilian.kernel import clock
from yilian.kernel.clock.periods import add_months
from yilian.kernel.rules.parameter import Parameter, parameters
from yilian.kernel.rules.values import value_of

_HOURS = {"min": 1 / 60, "h": 1, "d": 24}
_MONTHS = {"mo": 1, "a": 12}


class NoDurationError(TypeError):
    """A deadline names a parameter that is no length of time."""


def is_length_of_time(parameter: Parameter) -> bool:
    """Say whether the parameter is a number of minutes, hours, days, months or years."""
    is_number = not isinstance(parameter.default, bool | str)
    return is_number and str(parameter.unit) in _HOURS | _MONTHS


def due_at(
    key: str, entered_at: datetime, institution_id: int | None = None, consortium_id: int | None = None
) -> datetime | None:
    """Return the moment after the length of time that the parameter gives, or None when it is 0.

    The value in force on the day of entry counts. Days are 24 hours; months and years follow the calendar.
    Raises NoDurationError when the parameter is no length of time, UnknownKeyError when nobody declared it.
    """
    parameter = parameters[key]
    if not is_length_of_time(parameter):
        raise NoDurationError(f"parameter {key!r} is no length of time")
    entered_at = timezone.localtime(entered_at)
    amount = float(value_of(key, institution_id, consortium_id, on=entered_at.date()))
    if not amount:
        return None
    unit = str(parameter.unit)
    if unit in _MONTHS:
        day = add_months(entered_at.date(), int(amount) * _MONTHS[unit])
        return entered_at.replace(year=day.year, month=day.month, day=day.day)
    return clock.after(entered_at, timedelta(hours=amount * _HOURS[unit]))
