"""Days as official papers write them: 2026年12月1日, numbers without zeros in front (GB/T 9704)."""

from datetime import date, datetime

from yilian.kernel import clock


def written(day: date | datetime | None) -> str:
    """Return the day, of a moment with its time of day where the installation stands; nothing for none."""
    if day is None:
        return ""
    here = clock.local(day) if isinstance(day, datetime) else day
    text = f"{here.year}年{here.month}月{here.day}日"
    return f"{text}{here:%H:%M}" if isinstance(here, datetime) else text
