"""Writing notices: one row per addressed group, in the transaction of what they tell about."""

from collections.abc import Iterable

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from yilian.kernel import clock, rows
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.roles import mask_of
from yilian.kernel.notices.channels import open_channels
from yilian.kernel.notices.models import Notice, sentence
from yilian.kernel.notices.robot_keeping import has_robot
from yilian.kernel.notices.tasks import deliver
from yilian.kernel.registries.keys import uuid7
from yilian.kernel.workflow.case_type import CaseType
from yilian.kernel.workflow.models import Case, CaseMessage, Participation
from yilian.kernel.workflow.moment import Moment

STEP, REPLY = "step", "reply"


def tell(
    case: Case | None,
    institution_id: int,
    roles: Iterable[str] | int,
    text: str,
    *,
    by: Actor,
    kind: str = "word",
    user_id: int | None = None,
) -> Notice:
    """Tell the holders of these roles (keys, or a mask) at an institution something, or only one person there.

    `text` names no patient, because it may leave the house; the case is linked. Sending on is a job of the same
    transaction: a step rolled back tells nobody.
    """
    with translation.override(settings.LANGUAGE_CODE):
        words = str(text)[:300]
    mask = roles if isinstance(roles, int) else mask_of(roles)
    notice = _notice(case, institution_id, mask, by, kind=kind, text=words, user_id=user_id)
    _write([notice])
    return notice


def tell_of_step(moment: Moment, sides: list[Participation]) -> None:
    """Tell the sides that the step names, or else those whose turn it has become; called after every step."""
    case, step, by = moment.case, moment.step, moment.actor
    masks: dict[int, int] = {}
    for row in sides:
        mask = _addressed(moment, row)
        if row.institution_id == by.institution_id:
            mask &= ~by.roles  # who took the step knows of it
        if mask:
            masks[row.institution_id] = masks.get(row.institution_id, 0) | mask
    if not masks:
        return
    with translation.override(settings.LANGUAGE_CODE):
        text = sentence(case, step.verb, case.state)[:300]
    _write(
        [
            _notice(case, institution_id, mask, by, kind=STEP, text=text, verb=step.verb, state=case.state)
            for institution_id, mask in masks.items()
        ]
    )


def tell_of_message(message: CaseMessage, answered: list[CaseMessage], by: Actor) -> None:
    """Tell the other sides of a message that wants a reply, and those who asked that they have one."""
    case = message.case
    for asked in answered:
        text = _("{number} 的留言已有 {who} 回复").format(number=case.number, who=by.institution_name)
        tell(case, asked.institution_id, (), text, by=by, kind=REPLY, user_id=asked.author_id)
    if not message.awaits_reply:
        return
    case_type = case.case_type
    text = _("{who} 在 {number} 留言，等待回复").format(who=by.institution_name, number=case.number)
    masks: dict[int, int] = {}
    for row in case.taking_part():
        if row.institution_id != by.institution_id and not case_type.only_reads(row.side):
            mask = _roles_of(case_type, case_type.side_of_code(row.side).key)
            masks[row.institution_id] = masks.get(row.institution_id, 0) | mask
    for institution_id, mask in masks.items():
        tell(case, institution_id, mask, text, by=by, kind=REPLY)


def _addressed(moment: Moment, row: Participation) -> int:
    """Return the roles at this side that hear of the step, as a mask."""
    case_type, named = moment.case_type, moment.step.tell
    if named is None:
        return case_type.turns.get((moment.case.state, row.side), 0)
    side = case_type.side_of_code(row.side).key
    return _roles_of(case_type, side) if side in named else 0


def _roles_of(case_type: CaseType, side: str) -> int:
    """Return every role that acts for a side; a side that never acts hears with all its roles."""
    parties = [party for party in case_type.parties if party.side == side]
    mask = 0
    for party in parties:
        mask |= mask_of(party.roles)
    return mask or mask_of(())


def _notice(case: Case | None, institution_id: int, mask: int, by: Actor, **rest: object) -> Notice:
    at = clock.now()
    return Notice(
        id=uuid7(at),
        case_id=case.pk if case else None,
        institution_id=institution_id,
        roles=mask,
        by_id=by.user_id,
        by_name=by.name,
        by_institution=by.institution_name,
        at=at,
        **rest,
    )


def _write(notices: list[Notice]) -> None:
    rows.insert(*notices)
    reaches_people = bool(open_channels())
    for notice in notices:
        if reaches_people or has_robot(notice.institution_id):
            deliver.defer(notice_id=str(notice.pk), institution_id=notice.institution_id)
