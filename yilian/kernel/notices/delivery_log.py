"""The log of what left the house: reading it, and sending again what died."""

from django.db.models import QuerySet

from yilian.kernel import audit, clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.notices.models import NoticeDelivery, State
from yilian.kernel.notices.tasks import deliver

PAGE = 50
MOST = 100


def newest(actor: Actor, *, state: str = "", before: int | None = None) -> list[NoticeDelivery]:
    """Return the deliveries of the actor's institution, the newest first, one more than a page."""
    rows = _of(actor).select_related("notice__case", "user", "robot").order_by("-pk")
    rows = rows.filter(state=state) if state in State.values else rows
    return list((rows.filter(pk__lt=before) if before else rows)[: PAGE + 1])


def count_dead(actor: Actor) -> int:
    """Return how many messages of the institution died and wait for somebody, at most 100."""
    return _of(actor).filter(state=State.DEAD)[:MOST].count()


def send_again(row: NoticeDelivery, *, by: Actor) -> None:
    """Put a dead message back on its way. One that is not dead stays as it is."""
    changed = NoticeDelivery.objects.filter(pk=row.pk, state=State.DEAD).update(
        state=State.WAITING, attempts=0, next_at=clock.now()
    )
    if changed:
        audit.record(by, "changed", object_kind="notice_delivery", object_id=row.pk)
        deliver.defer(notice_id=str(row.notice_id), institution_id=row.institution_id)


def _of(actor: Actor) -> QuerySet[NoticeDelivery]:
    return NoticeDelivery.objects.filter(institution_id=actor.institution_id)
