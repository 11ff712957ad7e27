"""Which day comes next in a project, and the due date that runs from it; noted with the step that moves it."""

from collections.abc import Iterable
from datetime import date

from yilian.domains.project.models import Project
from yilian.domains.project.plan import halfway, planned
from yilian.domains.project.reading import next_day, open_milestones
from yilian.kernel.workflow.due import due_at
from yilian.kernel.workflow.moment import Moment


def begin(moment: Moment) -> None:
    """Run from the first day of the confirmed plan; the midterm report is due halfway."""
    project: Project = moment.case
    first, last = project.starts_on, project.ends_on
    moment.set(midterm_on=halfway(first, last) if first and last else None, new_end_on=last)
    _wind_up(moment, [row.due_on for row in planned(project.schedule)])


def report(moment: Moment) -> None:
    """Run from what is open beside the milestone that is reported."""
    _wind_up(moment, _open_days(moment.case, without=moment.answers.get("milestone")))


def send_back(moment: Moment) -> None:
    """Run from what is open and the milestone that is sent back."""
    back = moment.case.milestones.filter(pk=moment.answers.get("reported")).values_list("due_on", flat=True)
    _wind_up(moment, [*_open_days(moment.case), *back])


def change(moment: Moment) -> None:
    """Run from the first day of the changed plan."""
    _wind_up(moment, [row.due_on for row in planned(moment.case.schedule)], last=moment.case.new_end_on)


def go_on(moment: Moment) -> None:
    """Run from what is open: the plan stays."""
    _wind_up(moment, _open_days(moment.case))


def end_midterm(moment: Moment) -> None:
    """The midterm evaluation is done, or not wanted any more."""
    moment.set(midterm_on=None)
    go_on(moment)


def _open_days(project: Project, without: int | None = None) -> list[date]:
    return list(open_milestones(project).exclude(pk=without or 0).values_list("due_on", flat=True))


def _wind_up(moment: Moment, days: Iterable[date], last: date | None = None) -> None:
    project: Project = moment.case
    moment.set(next_on=next_day(days, project.midterm_on, last or project.ends_on))
    project.due = due_at(moment.case_type, project, project.applicant_id)
