"""The way of a feed: put in the queue as it came, judged and kept by the worker, then folded into the lake."""

from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils.translation import gettext as _

from yilian.domains.encounter.columns import FACTS
from yilian.domains.encounter.models import FINISHED, Feed, FeedState, Source
from yilian.domains.encounter.parameters import DUE_DAY, OLDEST
from yilian.domains.encounter.star import REPORTERS
from yilian.kernel import audit, clock
from yilian.kernel.access.actor import Actor, system_actor
from yilian.kernel.access.scope import scope
from yilian.kernel.clock.periods import add_years
from yilian.kernel.indicators.spans import number
from yilian.kernel.lake.manifest import folder
from yilian.kernel.rules.values import value_of
from yilian.kernel.sealing import digest, seal_bytes, unseal_bytes
from yilian.registry.models import Institution

if TYPE_CHECKING:
    from yilian.domains.encounter.judging import Circumstances, Judged

READERS = (*REPORTERS, "director", "authority")
"""Who reads how it was reported."""
CONTEXT = "encounter.feed"


def take_in(fact: str, *, by: Actor, content: bytes, file_name: str = "", is_dry: bool, way: str = Source.FILE) -> Feed:
    """Put a feed of the acting institution in the queue; the worker does the rest.

    Raises PermissionDenied when the actor may not report, KeyError for a fact that nobody feeds.
    """
    if not by.may(*REPORTERS):
        raise PermissionDenied
    from yilian.domains.encounter.tasks import judge_feed

    with scope(by):
        feed = Feed.objects.create(
            institution_id=by.institution_id, fact=FACTS[fact].key, way=way, file_name=file_name[-200:], is_dry=is_dry,
            source=seal_bytes(content, context=CONTEXT), reporter_id=by.user_id, reporter_name=by.name,
            begun_at=clock.now(), digest=digest(sha256(content).hexdigest(), context=CONTEXT),
        )  # fmt: skip
        judge_feed.configure(lock=f"encounter {by.institution_id}").defer(
            feed_id=str(feed.pk), institution_id=by.institution_id
        )
    return feed


def carry_out(feed_id: UUID, institution_id: int) -> FeedState:
    """Judge a waiting feed and keep what may be taken in; one that is finished is left alone.

    The rows are kept under the key of the feed before its row says so: if the worker dies between, the same rows are
    kept again under the same key.
    """
    from yilian.domains.encounter.reading import FileRefusedError

    by = system_actor("encounter", institution_id)
    with scope(by):
        feed = Feed.objects.select_for_update().get(pk=feed_id)
        if feed.state in FINISHED:
            return FeedState(feed.state)
        try:
            judged = _judged(feed)
        except FileRefusedError as refused:
            feed.state, feed.message = FeedState.REFUSED, str(refused)[:400]
        else:
            _settle(feed, judged, by)
        feed.source, feed.ended_at = None, clock.now()
        feed.save()
    return FeedState(feed.state)


def give_up(feed_id: UUID, institution_id: int) -> None:
    """Mark a feed as failed for a reason that lies in the program."""
    with scope(system_actor("encounter", institution_id)):
        Feed.objects.filter(pk=feed_id).exclude(state__in=FINISHED).update(
            state=FeedState.FAILED, source=None, ended_at=clock.now(),
            message=_("程序出错，未接收任何数据；请联系管理员并告知报送时间"),
        )  # fmt: skip


def _judged(feed: Feed) -> "Judged":
    import orjson

    from yilian.domains.encounter import judging, reading

    content = unseal_bytes(feed.source or b"", context=CONTEXT)
    rows = (
        reading.of_rows(feed.fact, orjson.loads(content))
        if feed.way == Source.API
        else reading.read(feed.fact, content)
    )
    numbers = judging.people_in(feed.fact, rows)
    return judging.judge(feed.fact, rows, circumstances(feed.institution_id, feed.begun_at, numbers), spill=folder())


def circumstances(institution_id: int, at: datetime, numbers: set[str]) -> "Circumstances":
    """Return what the rows of an institution that arrived at a moment are judged by."""
    from yilian.domains.encounter.judging import Circumstances
    from yilian.domains.encounter.rules import LONGEST_NUMBER

    places: dict[str, int] = {}
    for key, name, code in Institution.objects.values_list("pk", "name", "unified_code"):
        places |= {name: key} | ({code: key} if code else {})
    today = clock.local(at).date()
    return Circumstances(
        institution_id=institution_id,
        today=today,
        oldest=add_years(today, -int(value_of(OLDEST, institution_id))),
        due_day=int(value_of(DUE_DAY, institution_id)),
        places=places,
        identities={number: identity_of(number) for number in numbers if len(number) <= LONGEST_NUMBER},
    )


def identity_of(number: str) -> int:
    """Return what stands for a person in the lake: 63 bits of a keyed digest, the same for the same number."""
    return int.from_bytes(digest(number.upper(), context="lake person")[:8], "big") >> 1


def _settle(feed: Feed, judged: "Judged", by: Actor) -> None:
    from yilian.domains.encounter.returning import workbook_of_rejected
    from yilian.kernel.lake import feeding

    feed.received, feed.taken = sum(month.received for month in judged.months), judged.taken.num_rows
    feed.rejected_count = feed.received - feed.taken
    feed.months = [month.month for month in judged.months if month.month]
    feed.broken = judged.broken
    if judged.rejected:
        feed.rejected = seal_bytes(workbook_of_rejected(feed.fact, judged.rejected), context=CONTEXT)
    if feed.is_dry:
        feed.state = FeedState.CHECKED
        return
    feed.state = FeedState.TAKEN if feed.taken else FeedState.REFUSED
    if feed.taken:
        feeding.stage(FACTS[feed.fact], judged.taken, str(feed.pk), folder())
    if (before := _same_before(feed)) is None:
        running = number(clock.local(feed.begun_at).date())
        count_months(feed, [vars(month) for month in judged.months if 0 < month.month <= running])
    else:
        said = _("与 {at} 报送的内容完全相同，没有新的行；行数和得分不重复计")
        feed.message = said.format(at=f"{clock.local(before.begun_at):%Y-%m-%d %H:%M}")
    detail = {"fact": feed.fact, "rows": feed.received}
    audit.record(by, "fed_care_data", object_kind="feed", object_id=str(feed.pk), detail=detail)


def _same_before(feed: Feed) -> Feed | None:
    """Return an earlier report of the same content, whose rows are therefore counted already."""
    same = Feed.objects.filter(institution_id=feed.institution_id, fact=feed.fact, digest=feed.digest, is_dry=False)
    return (
        same.filter(state__in=(FeedState.TAKEN, FeedState.REFUSED))
        .exclude(pk=feed.pk)
        .defer("source", "rejected")
        .first()
    )


COUNT = """
insert into encounter_feedmonth as m (institution_id, fact, month, received, rejected, incomplete, inconsistent, late,
                                      first_at, last_at)
  select %s, %s, month, received, rejected, incomplete, inconsistent, late, at, at
    from unnest(%s::int[], %s::int[], %s::int[], %s::int[], %s::int[], %s::int[], %s::timestamptz[])
      as given (month, received, rejected, incomplete, inconsistent, late, at)
  on conflict (institution_id, fact, month) do update
    set received = m.received + excluded.received, rejected = m.rejected + excluded.rejected,
        incomplete = m.incomplete + excluded.incomplete, inconsistent = m.inconsistent + excluded.inconsistent,
        late = m.late + excluded.late, last_at = excluded.last_at
"""
COUNTED = ("month", "received", "rejected", "incomplete", "inconsistent", "late", "at")


def count_months(feed: Feed, months: list[dict[str, Any]]) -> None:
    """Add how the rows of each month fared to what was fed before; `at` stands for another moment of reporting."""
    given = [{"at": feed.begun_at} | month for month in months]
    lists = [[month[name] for month in given] for name in COUNTED]
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [feed.institution_id, feed.fact, *lists])
