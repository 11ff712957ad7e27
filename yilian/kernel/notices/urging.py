"""催办: asking those whose turn it is to act, at most every so often; what is not heard goes to those in charge."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from yilian.kernel import clock, rows
from yilian.kernel.access.actor import Actor
from yilian.kernel.access.roles import roles
from yilian.kernel.notices.models import CaseUrge
from yilian.kernel.notices.settings import URGE_ESCALATE, URGE_EVERY
from yilian.kernel.notices.telling import tell
from yilian.kernel.rules.values import value_of
from yilian.kernel.workflow.models import Case, Participation
from yilian.kernel.workflow.parties import has_a_hand
from yilian.kernel.workflow.refusals import NotYours, Reason, Refused

KIND = "urge"
LONGEST_NOTE = 200
MOST = 500
OLDEST = timedelta(days=30)


def waited_for(case: Case, institution_id: int) -> list[Participation]:
    """Return the other institutions whose turn it is."""
    found = case.participations.select_related("institution").exclude(turn=0).exclude(institution_id=institution_id)
    return list(found.order_by("side", "institution_id"))


def waits_for_others(case: Case, institution_id: int) -> bool:
    """Say the same without asking the database."""
    turns, others = case.case_type.turns, (row for row in case.taking_part() if row.institution_id != institution_id)
    return case.open and any(turns.get((case.state, row.side)) for row in others)


def reasons_against(case: Case, by: Actor) -> list[Reason]:
    """Return why this actor cannot urge now; empty when they may."""
    if not has_a_hand(case, by.institution_id):
        return [Reason("party", _("只有参与办理此事项的机构可以催办；您所在机构只能查看"))]
    if not waits_for_others(case, by.institution_id):
        return [Reason("state", _("此事项现在不等其他机构办理，无需催办"))]
    last = case.urges.filter(institution_id=by.institution_id).first()
    if last is None:
        return []
    again = last.at + timedelta(minutes=int(value_of(URGE_EVERY.key, by.institution_id)))
    if again > clock.now():
        text = _("贵机构已于 {at} 催办，{again} 之后可以再催")
        said = {"at": _minute(last.at), "again": _minute(again)}
        return [Reason("state", text.format(**said))]
    return []


def urge(case: Case, *, by: Actor, note: str = "") -> CaseUrge:
    """Ask the others whose turn it is to act, and write down who asked, when and whom.

    The words stay on the case: what leaves the house names nobody. Raises NotYours or Refused with sentences.
    """
    rows.lock(Case, case.pk)  # two at once count as one
    if reasons := reasons_against(case, by):
        raise (NotYours if reasons[0].kind == "party" else Refused)(reasons)
    if len(note.strip()) > LONGEST_NOTE:
        raise Refused([Reason("answer", _("催办说明不超过 200 字"), field="note")])
    waiting = waited_for(case, by.institution_id)
    made = CaseUrge.objects.create(
        case_id=case.pk,
        version=case.version,
        by_id=by.user_id,
        by_name=by.name,
        institution_id=by.institution_id,
        institution_name=by.institution_name,
        told=sorted({row.institution_id for row in waiting}),
        told_names="、".join(dict.fromkeys(str(row.institution) for row in waiting))[:400],
        note=note.strip(),
        at=clock.now(),
    )
    text = _("{type} {number}（{state}）：{who} 催办，请尽快办理")
    for institution_id, mask in _masks(waiting).items():
        tell(case, institution_id, mask, _said(text, case, by.institution_name), by=by, kind=KIND)
    return made


def to_escalate(moment: datetime) -> list[tuple[int, int]]:
    """Return (urge, institution that urged) of what stands unheard for so long that others must hear of it."""
    minutes = int(value_of(URGE_ESCALATE.key))
    if not minutes:
        return []
    values: list[Any] = [moment - timedelta(minutes=minutes), moment - OLDEST, MOST]
    with connection.cursor() as cursor:
        cursor.execute("select urge_id, institution_id from urges_to_escalate(%s, %s, %s)", values)
        return cursor.fetchall()


def escalate(urge_id: int, *, by: Actor) -> bool:
    """Tell those in charge at the institutions urged, once; False when the case has moved or somebody did so."""
    row = CaseUrge.objects.select_for_update(of=("self",), no_key=True).select_related("case").get(pk=urge_id)
    if row.escalated_at or not row.case.open or row.case.version != row.version:
        return False
    row.escalated_at = clock.now()
    row.save(update_fields=["escalated_at"])
    heads = sum(role.mask for role in roles if role.hears_delays)
    text = _("{type} {number}（{state}）：{who} 催办后仍未办理，请督促")
    for institution_id in row.told:
        tell(row.case, institution_id, heads, _said(text, row.case, row.institution_name), by=by, kind=KIND)
    return True


def _masks(waiting: list[Participation]) -> dict[int, int]:
    masks: dict[int, int] = {}
    for row in waiting:
        masks[row.institution_id] = masks.get(row.institution_id, 0) | row.turn
    return masks


def _said(text: str, case: Case, who: str) -> str:
    return text.format(type=case.case_type.title, number=case.number, state=case.state_title, who=who)


def _minute(moment: datetime) -> str:
    return clock.local(moment).strftime("%m-%d %H:%M")
