"""Finding access records: by person, object, action and time, the newest first, page by page."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from yilian.kernel.access.actor import Actor
from yilian.kernel.access.models import User
from yilian.kernel.audit.models import AccessRecord

PAGE = 50
MOST_PEOPLE = 200


@dataclass(frozen=True)
class Wish:
    """What an auditor asks for; empty fields ask for nothing. `person` is a user name or the beginning of a name."""

    person: str = ""
    action: str = ""
    object_kind: str = ""
    object_id: str = ""
    since: date | None = None
    until: date | None = None

    def as_detail(self) -> dict[str, str]:
        """Return what was asked, for the record of the reading itself."""
        return {name: str(value) for name, value in asdict(self).items() if value}


def newest(
    actor: Actor, wish: Wish, *, before: tuple[datetime, int] | None = None, limit: int = PAGE
) -> list[AccessRecord]:
    """Return records of the actor's institution; `before` is the time and key of the last record of the page before."""
    rows = AccessRecord.objects.filter(institution_id=actor.institution_id)
    for name in ("action", "object_kind", "object_id"):
        if value := getattr(wish, name):
            rows = rows.filter(**{name: value})
    if wish.since:
        rows = rows.filter(at__gte=_midnight(wish.since))
    if wish.until and wish.until < date.max:
        rows = rows.filter(at__lt=_midnight(wish.until + timedelta(days=1)))
    if before:
        at, key = before
        rows = rows.filter(Q(at__lt=at) | Q(id__lt=key), at__lte=at)
    rows = _by_person(rows, wish.person, actor)
    return list(rows.select_related("user", "on_behalf_of").order_by("-at", "-id")[:limit])


def _by_person(rows: QuerySet[AccessRecord], name: str, actor: Actor) -> QuerySet[AccessRecord]:
    if not name:
        return rows
    staff = User.objects.filter(posts__institution_id=actor.institution_id)
    named = staff.filter(Q(username=name) | Q(full_name__startswith=name))
    return rows.filter(user_id__in=list(named.values_list("pk", flat=True).distinct()[:MOST_PEOPLE]))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
