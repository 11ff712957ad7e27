"""What documents give to count: each edition once, in the month it came out, where it was issued."""

from datetime import datetime

from django.utils import timezone

from yilian.kernel.access.scope import scope
from yilian.kernel.clock import standing_at
from yilian.kernel.clock.periods import parse
from yilian.kernel.indicators.indicator import Extent, indicators
from yilian.kernel.indicators.live import count_now


def moment(month: int) -> datetime:
    return timezone.make_aware(datetime(2026, month, 28, 23, 30))


def editions(cast, reader, month: int) -> int | None:
    """Count what the lead issued in a month of 2026, as this reader sees it."""
    extent = Extent(parse(f"2026-{month:02d}"), cast.writer.institution_id)
    with scope(reader):
        return count_now(indicators["policy.issued"].formula, extent)[0]


def test_each_edition_counts_in_its_own_month_and_drafts_do_not(cast):
    with standing_at(moment(2)):
        first = cast.publish(cast.draft())
        cast.draft()
    with standing_at(moment(5)):
        draft = cast.revised(first, "第一条 另文规定。")
        assert editions(cast, cast.writer, 5) == 0
        second = cast.publish(draft)
    assert (editions(cast, cast.writer, 2), editions(cast, cast.writer, 5)) == (1, 1)
    cast.world.take(second, "withdraw", by=cast.director, withdrawal="已有上位规定。")
    assert (editions(cast, cast.writer, 2), editions(cast, cast.writer, 5)) == (1, 1), "it came out nevertheless"
    assert editions(cast, cast.stranger, 2) == 0
