"""Which months and longer spans the measures are asked for in one night: the running ones, and the past by and by."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from yilian.kernel.clock.periods import add_months
from yilian.kernel.indicators.indicator import Indicator
from yilian.kernel.indicators.models import Computed
from yilian.kernel.indicators.spans import LENGTHS, Span, between, number, span_of

TREND = 36
"""How many months a trend shows, the running one included."""
ROUND = 28
"""In so many nights each span of the past is asked for once more, so that corrected history arrives."""
Plan = dict[Span, Sequence[Indicator]]
"""Who is asked for which span."""


def plan(measured: Sequence[Indicator], today: date, back: int) -> Plan:
    """Return what to ask on a day; `back` spans of the past that were never asked for so are made up for.

    What only tells how things stand now is asked for what runs now, and never for the past.
    """
    running = number(today)
    found: Plan = {
        span: [each for each in measured if not each.is_momentary or span[0] == span_of(running, span[1])]
        for span in recent_spans(today)
    }
    able = [each for each in measured if not each.is_momentary]
    known = asked_before(able)
    for place, span in enumerate(span for span in past_spans(today) if span not in found):
        lacking = [each for each in able if (each.key, span) not in known]
        if today.toordinal() % ROUND == place % ROUND:
            found[span] = able
        elif lacking and back:
            found[span] = lacking
            back -= 1
    return {span: asked for span, asked in found.items() if asked}


def recent_spans(today: date) -> list[Span]:
    """Return this month and the last one, and the quarters, half years and years they lie in, as (month, length)."""
    months = (number(today), number(add_months(today.replace(day=1), -1)))
    return sorted({(span_of(month, length), length) for month in months for length in LENGTHS})


def trend_months(today: date) -> tuple[int, int]:
    """Return the first and the last month of a trend that ends today."""
    return number(add_months(today.replace(day=1), 1 - TREND)), number(today)


def past_spans(today: date) -> list[Span]:
    """Return the spans of the trend, the latest first, and of those that begin together the short ones first."""
    months = between(*trend_months(today))
    found = {(span_of(month, length), length) for month in months for length in LENGTHS}
    return sorted(found, key=lambda span: (-span[0], span[1]))


def asked_before(measured: Sequence[Indicator]) -> set[tuple[str, Span]]:
    """Return which spans these measures, as they are defined today, were asked for."""
    digests = {each.key: each.definition_digest for each in measured}
    rows = Computed.objects.filter(key__in=digests, consortium=None)
    return {
        (key, (month, months)) for key, month, months, stamp in rows.values_list("key", "month", "months", "stamp")
        if bytes(stamp) == digests[key]
    }  # fmt: skip


def note(asked: Mapping[Span, Sequence[Indicator]], *, but: Collection[str]) -> None:
    """Remember what was asked for; a measure that failed is asked again."""
    rows = [
        Computed(key=each.key, month=month, months=length, stamp=each.definition_digest)
        for (month, length), several in asked.items() for each in several if each.key not in but
    ]  # fmt: skip
    Computed.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["key", "consortium", "month", "months"], update_fields=["stamp"]
    )
