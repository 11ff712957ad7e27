"""Who takes part in a project, and what its steps keep."""

from collections.abc import Mapping

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from yilian.domains.project import planning
from yilian.domains.project.models import Project, ProjectState, Report, Spending
from yilian.domains.project.reading import open_milestones
from yilian.kernel import clock
from yilian.kernel.workflow.models import Case
from yilian.kernel.workflow.moment import Moment
from yilian.kernel.workflow.parties import join, leave
from yilian.registry import resolutions
from yilian.registry.agenda import Point, put_on_agenda
from yilian.registry.consortia import is_member, lead_of, members_of
from yilian.registry.regulations import S0

OFFICE, INVITED, PARTNER = "office", "invited", "partner"
BEFORE_DECISION = (ProjectState.DRAFT, ProjectState.SCREENING)


def lead_today(case: Case) -> dict[str, object]:
    """Return the column of the office: whoever leads the consortium, until the project is submitted."""
    project: Project = case  # type: ignore[assignment]
    if project.state != ProjectState.DRAFT:
        return {}
    lead = lead_of(project.consortium_id, clock.today())
    return {"office_id": lead.pk if lead else None}


def audience(project: Project, named: Mapping[str, int]) -> dict[str, list[int]]:
    """Return the partners who are asked to take part, and once a project is taken on the members, who watch it."""
    if project.state == ProjectState.SCREENING:
        there = {row.institution_id for row in project.taking_part()
                 if row.side == project.case_type.side(PARTNER).code}  # fmt: skip
        return {INVITED: [one for one in project.partners if one not in there]}
    if project.state != ProjectState.PLANNING or project.consortium_id is None:
        return {}
    playing = {project.applicant_id, project.office_id, *project.partners}
    members = (row.institution_id for row in members_of(project.consortium_id, clock.today()))
    return {"member": [one for one in members if one not in playing]}


def agree_to_join(moment: Moment) -> None:
    """Let an invited institution become a partner."""
    join(moment.case, moment.actor.institution_id, PARTNER)
    leave(moment.case, moment.actor.institution_id, INVITED)


def dismiss(moment: Moment) -> None:
    """Let go who was invited or took part: a project that is rewritten asks its partners anew."""
    codes = {moment.case_type.side(side).code: side for side in (INVITED, PARTNER)}
    for row in moment.case.taking_part():
        if row.side in codes:
            leave(moment.case, row.institution_id, codes[row.side])


def put_to_body(moment: Moment) -> None:
    """Draft the motion that decides."""
    resolutions.put(moment.case, by=moment.actor)


def note_decision(moment: Moment) -> None:
    """Keep on what ground and when it was decided."""
    moment.set(decided_on=clock.today(), basis=moment.answers.get("decided_by"))


def note_end(moment: Moment) -> None:
    moment.set(ended_on=clock.today(), next_on=None)


def begin(moment: Moment) -> None:
    """Put the confirmed plan in force."""
    planning.adopt(moment.case)


def keep_report(moment: Moment) -> None:
    """Keep that a milestone was done with its evidence, or that its evidence was sent back."""
    answers, project = moment.answers, moment.case
    back = answers.get("reported")
    Report.objects.create(
        case=project, milestone_id=back or answers.get("milestone"), is_return=bool(back),
        text=answers.get("return_reason" if back else "result") or "", attachment=answers.get("evidence") or None,
        at=moment.at, by_name=moment.actor.name, institution_id=moment.actor.institution_id,
    )  # fmt: skip
    rows = project.milestones.filter(pk=back or answers.get("milestone"))
    rows.update(done_on=None if back else answers.get("done_on") or clock.today())
    moment.set(schedule=planning.as_rows(open_milestones(project)))


def keep_spending(moment: Moment) -> None:
    answers = moment.answers
    Spending.objects.create(
        case=moment.case, line_id=answers.get("line"), amount=answers.get("amount"),
        spent_on=answers.get("spent_on"), what=answers.get("what"), attachment=answers.get("voucher") or None,
        at=moment.at, by_name=moment.actor.name, institution_id=moment.actor.institution_id,
    )  # fmt: skip


def bring_up_delay(moment: Moment) -> None:
    """Put a project that has fallen behind on the agenda of the next meeting."""
    project: Project = moment.case
    if project.consortium_id is None or not is_member(
        moment.actor.institution_id, project.consortium_id, clock.today()
    ):
        return
    with translation.override(settings.LANGUAGE_CODE):
        title = _("合作项目进度滞后：{name}").format(name=project.subject)
    ground = f"{project.number}，{S0.article('范本二 4.4')}"
    put_on_agenda(Point(project.consortium_id, title, ground, project.pk), by=moment.actor)
