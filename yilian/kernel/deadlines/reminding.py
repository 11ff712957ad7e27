"""What people are told about a deadline: soon, late, and, when nobody takes it up, to those in charge."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.roles import roles
from yilian.kernel.deadlines.models import DeadlineStage, Stage
from yilian.kernel.deadlines.settings import ESCALATE, REMIND
from yilian.kernel.notices.telling import tell
from yilian.kernel.rules.values import value_of
from yilian.kernel.workflow.models import Case, Participation

KIND = "deadline"


def offsets() -> dict[Stage, timedelta]:
    """Return how far from now the latest due date lies that belongs to each stage; a stage switched off is absent."""
    remind, escalate = (timedelta(hours=float(value_of(item.key))) for item in (REMIND, ESCALATE))
    found = {Stage.LATE: timedelta()}
    if remind:
        found[Stage.SOON] = remind
    if escalate:
        found[Stage.ESCALATED] = -escalate
    return found


def remind(case: Case, stage: Stage, *, by: Actor) -> bool:
    """Tell a stage of the present due date once; say whether it was told now."""
    key = {"case_id": case.pk, "due": case.due, "stage": stage}
    _row, is_new = DeadlineStage.objects.get_or_create(**key, defaults={"at": clock.now()})
    if is_new:
        for institution_id, mask in _audience(case, stage).items():
            tell(case, institution_id, mask, _sentence(case, stage), by=by, kind=KIND)
    return is_new


def _audience(case: Case, stage: Stage) -> dict[int, int]:
    """Return the role masks to tell by institution: whose turn it is; later their heads and the overseers too."""
    heads = sum(role.mask for role in roles if role.hears_delays)
    masks: dict[int, int] = {}
    for row in case.participations.all():
        mask = row.turn
        if stage is Stage.ESCALATED and (row.turn or _oversees(case, row)):
            mask |= heads
        if mask:
            masks[row.institution_id] = masks.get(row.institution_id, 0) | mask
    return masks


def _oversees(case: Case, row: Participation) -> bool:
    return case.case_type.side_of_code(row.side).is_oversight


def _sentence(case: Case, stage: Stage) -> str:
    """Say which case and until when, without naming anyone: notices leave the house."""
    words = {
        Stage.SOON: _("{type} {number}（{state}）将于 {due} 到期，请尽快办理"),
        Stage.LATE: _("{type} {number}（{state}）已超过办理时限 {due}"),
        Stage.ESCALATED: _("{type} {number}（{state}）超时已久仍未办理，时限为 {due}，请督促"),
    }[stage]
    due = timezone.localtime(case.due).strftime("%Y-%m-%d %H:%M")
    return words.format(type=case.case_type.title, number=case.number, state=case.state_title, due=due)
