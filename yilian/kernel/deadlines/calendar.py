"""What falls due in a month: each obligation whose period or run ends there, as it stands, and as an iCalendar file."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import groupby

from django.utils.translation import gettext as _

from yilian.kernel.clock.periods import Period, period_of
from yilian.kernel.deadlines.obligation import Obligation, Subject, obligations
from yilian.kernel.deadlines.standing import Standing, of_period, standing

FOLDED_AT = 73  # octets; RFC 5545 3.1 allows 75 with the line break


def falling_due(
    institution_id: int, months: Iterable[Period], today: date, only: Iterable[Obligation] | None = None,
    consortium_id: int | None = None,
) -> list[Standing]:  # fmt: skip
    """Return what this institution owes or watches and what ends in these months, the earliest first."""
    by_day = {day: list(together) for day, together in groupby(months, lambda month: min(today, month.last))}
    found = (
        _ending(obligation, subject, month, today)
        for obligation in (obligations if only is None else only)
        for day, together in by_day.items()
        for subject in obligation.subjects(day)
        if subject.is_seen_by(institution_id) and consortium_id in (None, subject.consortium_id)
        for month in together
    )
    return sorted((item for item in found if item is not None), key=lambda item: (item.last_day, item.subject.label))


def _ending(obligation: Obligation, subject: Subject, month: Period, today: date) -> Standing | None:
    """Return the standing of the period that ends in the month, judged today, or None when none does."""
    if obligation.rhythm.is_rolling:
        item = standing(obligation, subject, min(today, month.last + timedelta(days=1)))
    else:
        period = period_of(month.last, obligation.rhythm.months)
        if subject.since > period.last or period.last not in month:
            return None
        item = of_period(obligation, subject, period, today)
    return item if item.last_day in month else None


def icalendar(standings: Iterable[Standing], *, name: str, host: str, at: datetime) -> bytes:
    """Return an iCalendar file (RFC 5545) with one all-day event for each last day."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Yilian//Obligations//ZH", f"X-WR-CALNAME:{_escaped(name)}"]
    stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    for item in standings:
        lines += _event(item, host, stamp)
    lines.append("END:VCALENDAR")
    return "".join(part + "\r\n" for line in lines for part in _folded(line)).encode()


def _event(item: Standing, host: str, stamp: str) -> list[str]:
    day, title = item.last_day, str(item.obligation.title)
    summary = _("{title}：{who}").format(title=title, who=item.subject.label)
    source = f"{item.obligation.sentence} {item.obligation.cite}"
    return [
        "BEGIN:VEVENT",
        f"UID:{item.obligation.key}.{item.subject.id.replace(':', '.')}.{day:%Y%m%d}@{host}",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(summary)}",
        f"DESCRIPTION:{_escaped(source)}",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    """Escape what iCalendar reads as structure."""
    for letter in ("\\", ";", ","):
        text = text.replace(letter, "\\" + letter)
    return text.replace("\n", "\\n").replace("\r", "")


def _folded(line: str) -> Iterator[str]:
    """Break a line so that none is longer than the format allows, and no character is torn."""
    part, size = "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > FOLDED_AT:
            yield part
            part, size = " ", 1
        part, size = part + letter, size + width
    yield part
