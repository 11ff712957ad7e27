"""Working days, as far as they are known without the year's list of public holidays."""

from datetime import date, timedelta

SATURDAY = 5


def next_working_day(day: date) -> date:
    """Return the first weekday after a day; public holidays and make-up days are not known here."""
    following = day + timedelta(days=1)
    while following.weekday() >= SATURDAY:
        following += timedelta(days=1)
    return following
