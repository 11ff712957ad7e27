"""What is said on a case, who has read it, and which cases belong together."""

from collections.abc import Callable

from django.db.models import F
from django.utils.translation import gettext as _

from yilian.kernel import clock, rows
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.models import AWAITS_REPLY, Case, CaseLink, CaseMessage, CaseMessageSeen
from yilian.kernel.workflow.parties import has_a_hand
from yilian.kernel.workflow.refusals import NotYours, Reason, Refused

EITHER_END = "source_id = %s or target_id = %s order by source_id <> %s, id"
after_message: list[Callable[[CaseMessage, list[CaseMessage], Actor], None]] = []
"""Functions called with each new message, the messages it answers and its author: the floors above tell people so."""


def post_message(case: Case, text: str, *, by: Actor, awaits_reply: bool = False) -> CaseMessage:
    """Say something on a case; every party reads it. It answers what other institutions asked before.

    With `awaits_reply` the case is flagged until another institution says something. Raises NotYours for those who
    only read the case, Refused for an empty or overlong text.
    """
    if not has_a_hand(case, by.institution_id):
        raise NotYours([Reason("party", _("只有参与办理此事项的机构可以留言；您所在机构只能查看"))])
    text = text.strip()
    if not 0 < len(text) <= 4000:
        raise Refused([Reason("answer", _("请填写 1 至 4000 字的留言"), field="text")])
    answered = _answer(case, by)
    message = CaseMessage.objects.create(
        case=case,
        author_id=by.user_id,
        author_name=by.name,
        institution_id=by.institution_id,
        institution_name=by.institution_name,
        text=text,
        at=clock.now(),
        awaits_reply=awaits_reply,
    )
    _flag(case)
    for tell in after_message:
        tell(message, answered, by)
    return message


def _answer(case: Case, by: Actor) -> list[CaseMessage]:
    """Note that what other institutions asked is answered now, and return it."""
    waiting = CaseMessage.objects.filter(case_id=case.pk, awaits_reply=True, answered_at=None)
    answered = list(waiting.exclude(institution_id=by.institution_id))
    if answered:
        CaseMessage.objects.filter(pk__in=[item.pk for item in answered]).update(answered_at=clock.now())
    return answered


def _flag(case: Case) -> None:
    """Let the case say whether a message on it waits for a reply."""
    is_waiting = CaseMessage.objects.filter(case_id=case.pk, awaits_reply=True, answered_at=None).exists()
    if is_waiting != bool(case.flags & AWAITS_REPLY):
        flags = F("flags").bitor(AWAITS_REPLY) if is_waiting else F("flags").bitand(~AWAITS_REPLY)
        Case.objects.filter(pk=case.pk).update(flags=flags)


def mark_seen(case: Case, *, by: Actor) -> int:
    """Note that this person has read every message of others so far; return how many were new to them."""
    if by.user_id is None:
        return 0
    unread = CaseMessage.objects.filter(case_id=case.pk).exclude(author_id=by.user_id)
    fresh = unread.exclude(receipts__user_id=by.user_id)
    receipts = [
        CaseMessageSeen(
            case_id=case.pk,
            message=message,
            user_id=by.user_id,
            user_name=by.name,
            institution_name=by.institution_name,
            at=clock.now(),
        )
        for message in fresh
    ]
    CaseMessageSeen.objects.bulk_create(receipts, ignore_conflicts=True)
    return len(receipts)


def link(source: Case, target: Case, relation: str) -> CaseLink:
    """Say that two cases belong together; saying it again changes nothing."""
    return CaseLink.objects.get_or_create(
        source_id=source.pk, target_id=target.pk, relation=relation, defaults={"at": clock.now()}
    )[0]


def linked(case: Case) -> list[tuple[str, Case]]:
    """Return (relation, other case) of every link whose other end the reader may see; "<-" marks a reverse link."""
    links = rows.where(CaseLink, EITHER_END, [case.pk] * 3)
    ends = [
        (item.relation, item.target_id) if item.source_id == case.pk else (f"<-{item.relation}", item.source_id)
        for item in links
    ]
    found = ((relation, rows.read(Case, other)) for relation, other in ends)
    return [(relation, other) for relation, other in found if other is not None]
