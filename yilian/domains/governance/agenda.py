"""What comes onto the agenda of the next meeting by itself: points that wait, broken obligations, open tasks."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from yilian.domains.governance.meeting.drafting import open_tasks
from yilian.domains.governance.models import AgendaPoint, Meeting
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.deadlines.obligation import obligations
from yilian.kernel.deadlines.standing import Standing, State, standing
from yilian.kernel.workflow.moment import Moment
from yilian.registry import agenda

LONGEST_TITLE, LONGEST_GROUND = 200, 300


@dataclass(frozen=True)
class Coming:
    """A point as people read it, with the reason why it is there."""

    item: str
    ground: str

    @property
    def sentence(self) -> str:
        return self.item + (_("（{ground}）").format(ground=self.ground) if self.ground else "")


def keep(point: agenda.Point, by: Actor) -> bool:
    """Keep a point until the next meeting; return False if it waits already."""
    title = point.title[:LONGEST_TITLE]
    if AgendaPoint.objects.filter(
        consortium=point.consortium_id, case_id=point.case_id, title=title, meeting=None
    ).exists():
        return False
    row = AgendaPoint(
        consortium_id=point.consortium_id, filed_by_id=by.institution_id, title=title,
        ground=point.ground[:LONGEST_GROUND], case_id=point.case_id, filed_at=clock.now(),
    )  # fmt: skip
    AgendaPoint.objects.bulk_create([row], ignore_conflicts=True)
    return True


def coming(meeting: Meeting) -> list[Coming]:
    """Return what the call would add to the agenda that people wrote."""
    if meeting.consortium_id is None:
        return []
    waiting = AgendaPoint.objects.filter(consortium=meeting.consortium_id, meeting=None)
    points = [Coming(row.title, row.ground) for row in waiting]
    points += [Coming(_broken(item), str(item.obligation.cite)) for item in _broken_obligations(meeting.consortium_id)]
    if tasks := open_tasks(meeting).count():
        points.append(Coming(_("听取未办结决议事项的办理情况"), _("{n} 项").format(n=tasks)))
    return points


def take_up(moment: Moment) -> None:
    """Write what is due onto the agenda when the call goes out; the points are this meeting's from then on."""
    meeting: Meeting = moment.case
    added = [{"item": point.sentence, "speaker": ""} for point in coming(meeting)]
    AgendaPoint.objects.filter(consortium=meeting.consortium_id, meeting=None).update(meeting=meeting.pk)
    if added:
        moment.set(agenda=[*meeting.agenda, *added])


def let_go(moment: Moment) -> None:
    """Let the points of a cancelled meeting wait for another one; what was put anew meanwhile is there already."""
    taken = AgendaPoint.objects.filter(meeting=moment.case.pk)
    again = AgendaPoint.objects.filter(consortium=moment.case.consortium_id, meeting=None)
    known = set(again.values_list("case_id", "title"))
    free = [row.pk for row in taken if (row.case_id, row.title) not in known]
    AgendaPoint.objects.filter(pk__in=free).update(meeting=None)


def _broken(item: Standing) -> str:
    return _("「{title}」未按期完成").format(title=item.obligation.title)


def _broken_obligations(consortium_id: int) -> Iterator[Standing]:
    on = clock.today()
    for obligation in obligations:
        for subject in obligation.subjects(on):
            if subject.consortium_id == consortium_id:
                found = standing(obligation, subject, on)
                if found.state == State.BROKEN:
                    yield found
