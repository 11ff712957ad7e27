"""The clocks of a consortium's life: pure functions of dates, never flipped by a job.

Existence counts its first day, so a year of it is full on the anniversary; a ban and a term run to the end of the day
that the calendar names (《民法典》第二百零一、二百零二条). 29 February ends on the last day of a February without it.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from yilian.kernel.clock.periods import add_months, add_years

DAY = timedelta(days=1)


def assessable_from(founded_on: date, months: int = 6) -> date:
    """Return the first day on which an alliance is old enough to be assessed (S3 19)."""
    return add_months(founded_on, months)


def has_operated_from(began_on: date, years: int = 2) -> date:
    """Return the first day on which a private institution has operated long enough to join (S4 6.2.2)."""
    return add_years(began_on, years)


def term_until(since_on: date, years: int = 4) -> date:
    """Return the last day of a council's term (S3 11)."""
    return add_years(since_on, years) - DAY


def banned_until(dissolved_on: date, years: int = 3) -> date:
    """Return the last day on which the lead of an alliance dissolved for failing may not apply again (S3 20)."""
    return add_years(dissolved_on, years)


def may_apply_from(dissolved_on: date, years: int = 3) -> date:
    """Return the first day on which that lead may apply again (S3 20)."""
    return banned_until(dissolved_on, years) + DAY


def review_due_on(issued_on: date, years: int = 3) -> date:
    """Return the day by which a document must have been reviewed (S4 header)."""
    return add_years(issued_on, years)


def next_assessment_by(year: int) -> date:
    """Return the day by which the assessment of the year after `year` is due (S3 17: once a year)."""
    return date(year + 1, 12, 31)


def first_assessed_year(founded_on: date, months: int = 6) -> int:
    """Return the first year in which an alliance can be assessed at all."""
    return assessable_from(founded_on, months).year


@dataclass(frozen=True)
class Lapse:
    """The day from which a plaque is no longer valid, and why."""

    on: date
    why: str


def plaque_lapse(
    *, surrendered_on: date | None, left_on: date | None, ended_on: date | None, dissolved_on: date | None
) -> Lapse | None:
    """Return when and why a plaque has lapsed or will lapse, the earliest cause first; None while it holds.

    `left_on`, `ended_on` and `dissolved_on` are last days: of the membership, of the institution (split, merger,
    dissolution, bankruptcy) and of the consortium (S4 annex, third promise). A surrendered plaque is down that day.
    """
    causes = [
        (ended_on, "ended", DAY),
        (dissolved_on, "dissolved", DAY),
        (left_on, "left", DAY),
        (surrendered_on, "surrendered", timedelta()),
    ]
    lapses = [Lapse(day + after, why) for day, why, after in causes if day is not None]
    return min(lapses, key=lambda lapse: lapse.on, default=None)
