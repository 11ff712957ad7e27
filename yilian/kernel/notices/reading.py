"""Reading notices: the count on the bell, the list, and marking them read.

Two fenced statements. A notice carries a mask of roles, and there are few different masks at an institution: they are
found by skipping through the index, and each that concerns the reader is read from its newest end, so that neither
depends on how many notices there are.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.notices.models import Notice, NoticeMark, NoticeRead
from yilian.kernel.registries.keys import bounds

MOST = 100
PAGE = 20
HORIZON = timedelta(days=30)  # older notices are listed, not counted
SLACK = timedelta(minutes=1)  # a step still being taken may write a key a little in the past

MASKS = """
with recursive mask(roles) as (
  (select n.roles from notices_notice n where n.institution_id = %(institution)s and n.user_id is null
    order by n.roles limit 1)
  union all
  select (select n.roles from notices_notice n where n.institution_id = %(institution)s and n.user_id is null
    and n.roles > mask.roles order by n.roles limit 1) from mask where mask.roles is not null
), mark(through) as (
  select greatest(%(horizon)s::uuid, (select m.through from notices_noticemark m
    where m.user_id = %(user)s and m.institution_id = %(institution)s))
)
"""
# both branches read one index range from its newest end
FOUND = """
  select f.id from mask cross join lateral (
    select n.id from notices_notice n where n.institution_id = %(institution)s and n.user_id is null
      and n.roles = mask.roles and {which} order by n.id desc limit %(most)s) f
    where (mask.roles & %(roles)s) <> 0
  union all
  (select n.id from notices_notice n where n.user_id = %(user)s and n.institution_id = %(institution)s
    and {which} order by n.id desc limit %(most)s)
"""
UNREAD = """n.id > (select through from mark) and not exists (
      select 1 from notices_noticeread r where r.notice_id = n.id and r.user_id = %(user)s)"""
OLDER = "n.id < %(before)s"
LAST = UUID(int=(1 << 128) - 1)

COUNT = f"{MASKS} select count(*) from (select f.id from ({FOUND.format(which=UNREAD)}) f limit %(most)s) c"
LIST = f"{MASKS} select f.id from ({FOUND.format(which=OLDER)}) f order by f.id desc limit %(most)s"
LIST_UNREAD = f"""{MASKS}
select f.id from ({FOUND.format(which=UNREAD + " and " + OLDER)}) f order by f.id desc limit %(most)s"""


def count_unread(actor: Actor) -> int:
    """Return how many notices of the last month this person has not read at this institution, at most 100."""
    return _ids(COUNT, actor, most=MOST)[0]


def newest(actor: Actor, *, before: UUID | None = None, only_unread: bool = False, most: int = PAGE) -> list[Notice]:
    """Return notices to this person, the newest first, each with its case and `is_read`."""
    ids = _ids(LIST_UNREAD if only_unread else LIST, actor, before=before or LAST, most=most)
    rows = Notice.objects.select_related("case").in_bulk(ids)
    read = set(NoticeRead.objects.filter(notice__in=ids, user_id=_reader(actor)).values_list("notice_id", flat=True))
    through = _through(actor)
    for key, row in rows.items():
        row.is_read = key in read or key <= through  # type: ignore[attr-defined]
    return [rows[key] for key in ids]


def find(notice_id: UUID | str, actor: Actor) -> Notice | None:
    """Return a notice that is addressed to this person, or None."""
    row = Notice.objects.select_related("case").filter(pk=notice_id).first()
    if row is None or row.institution_id != actor.institution_id:
        return None
    mine = row.user_id == actor.user_id if row.user_id else bool(row.roles & actor.roles)
    return row if mine else None


def mark_read(ids: list[UUID], *, by: Actor) -> None:
    """Note that this person has read these notices; noting it again changes nothing."""
    _note_read(ids, by)
    if count_unread(by) == 0:
        _move_mark(by)


def mark_all_read(*, by: Actor) -> None:
    """Note that this person has read everything up to now.

    The mark stays a minute behind, so that a notice whose step commits late is not passed over; what is newer is
    noted one by one.
    """
    _move_mark(by)
    if ids := _ids(LIST_UNREAD, by, most=1000):
        _note_read(ids, by)


def _note_read(ids: list[UUID], by: Actor) -> None:
    reader = _reader(by)
    rows = [NoticeRead(notice_id=key, user_id=reader, at=clock.now()) for key in ids]
    NoticeRead.objects.bulk_create(rows, ignore_conflicts=True)


def _move_mark(by: Actor) -> None:
    through, _later = bounds(clock.now() - SLACK, clock.now())
    if through <= _through(by):
        return
    NoticeMark.objects.update_or_create(
        user_id=by.user_id, institution_id=by.institution_id, defaults={"through": through}
    )


def _through(actor: Actor) -> UUID:
    mark = NoticeMark.objects.filter(user_id=_reader(actor), institution_id=actor.institution_id).first()
    return mark.through if mark else UUID(int=0)


def _reader(actor: Actor) -> int:
    """Return the person who reads; a system actor reads nothing."""
    if actor.user_id is None:
        raise ValueError(f"{actor.name} is no person and reads no notices")
    return actor.user_id


def _ids(statement: str, actor: Actor, *, most: int, before: UUID = LAST) -> list[Any]:
    horizon, _now = bounds(clock.now() - HORIZON, clock.now())
    values = {
        "institution": actor.institution_id,
        "user": actor.user_id,
        "roles": actor.roles,
        "horizon": horizon,
        "before": before,
        "most": most,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [row[0] for row in cursor.fetchall()]
