"""What is in force in a project: open milestones, lines with what was spent, and who takes part."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet, Sum

from yilian.domains.project.models import BudgetLine, Milestone, Project


@dataclass(frozen=True)
class LineStanding:
    """A line of the budget with what was spent on it, in yuan; `percent` of what is planned, for the bar."""

    line: BudgetLine
    spent: Decimal

    @property
    def left(self) -> Decimal:
        return self.line.planned - self.spent

    @property
    def percent(self) -> int:
        return int(min(100, self.spent * 100 / self.line.planned)) if self.line.planned else 0


def in_force(project: Project) -> QuerySet[Milestone]:
    """Return the milestones of the plan in force, done or not, by due date."""
    return project.milestones.filter(dropped_by=0)


def open_milestones(project: Project) -> QuerySet[Milestone]:
    return in_force(project).filter(done_on=None)


def next_day(open_days: Iterable[date], midterm_on: date | None, ends_on: date | None) -> date | None:
    """Return the day on which something is due next: a milestone, the midterm report, else the end."""
    days = [*open_days, *([midterm_on] if midterm_on else [])]
    return min(days, default=ends_on)


def standing_of(project: Project) -> list[LineStanding]:
    """Return the lines of the budget with what was spent, in one statement each."""
    rows = project.lines.annotate(spent=Sum("spendings__amount"))
    return [LineStanding(row, row.spent or Decimal(0)) for row in rows]


def spent_on_line(line: BudgetLine) -> Decimal:
    return line.spendings.aggregate(total=Sum("amount"))["total"] or Decimal(0)


def places(project: Project) -> list[int]:
    """Return the institutions that carry the project: the applicant first, then its partners."""
    return [project.applicant_id, *project.partners]
