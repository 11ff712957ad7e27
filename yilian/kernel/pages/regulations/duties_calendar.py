"""义务日历 by month: what ends on which day, and the same as a file for people's own calendars."""

from collections.abc import Iterable
from datetime import date, timedelta
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from yilian.kernel import audit, clock
from yilian.kernel.clock.periods import Period, add_months, parse, period_of
from yilian.kernel.deadlines.calendar import falling_due, icalendar
from yilian.kernel.deadlines.standing import Standing
from yilian.kernel.pages.regulations.duties import TITLES, Asked, is_near

WEEK = 7
MONTHS_AHEAD = 12


class Calendar(Asked):
    """`/obligations/calendar/`: `?month=2026-11`; what ends in that month, on its days, as it stands today."""

    template = "pages/regulations/calendar.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        found = falling_due(self.actor.institution_id, [self.month], clock.today(), self.wanted, self.consortium)
        rest = request.GET.copy()
        rest.pop("month", None)
        return self.show(
            self.choices
            | {
                "month": self.month,
                "previous": self.month.before().label,
                "next": self.month.after().label,
                "today": clock.today(),
                "days": _laid_out(self.month, found),
                "legend": [(title, tone, count) for title, tone, count in _legend(found) if count],
                "rest": rest.urlencode(),
                "file": urlencode({key: rest[key] for key in ("only", "consortium") if rest.get(key)}),
            }
        )

    @cached_property
    def month(self) -> Period:
        """The month asked for; this one if none is, or one that lies beyond all planning."""
        this = period_of(clock.today(), 1)
        try:
            asked = parse(self.request.GET.get("month", ""))
        except ValueError:  # also a month whose last day no calendar knows, such as 9999-12
            return this
        return asked if asked.months == 1 and is_near(asked.first, this.first) else this


class File(Asked):
    """`/obligations/calendar.ics`: what ends this month and in the twelve after it. Recorded."""

    def get(self, request: HttpRequest) -> HttpResponse:
        today = clock.today()
        months = (period_of(add_months(today, ahead), 1) for ahead in range(MONTHS_AHEAD + 1))
        found = falling_due(self.actor.institution_id, months, today, self.wanted, self.consortium)
        audit.record(self.actor, "exported", object_kind="obligation", detail={"rows": len(found)})
        host = urlsplit(settings.PUBLIC_URL).hostname or "yilian"
        content = icalendar(found, name=_("义务日历"), host=host, at=clock.now())
        answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
        answer.headers["Content-Disposition"] = f'attachment; filename="obligations-{today:%Y%m%d}.ics"'
        return answer


def _laid_out(month: Period, found: Iterable[Standing]) -> list[tuple[date, bool, list[tuple[Standing, str, str]]]]:
    """Return the days of whole weeks from Monday on: (day, whether of this month, what ends on it)."""
    first = month.first - timedelta(days=month.first.weekday())
    last = month.last + timedelta(days=WEEK - 1 - month.last.weekday())
    by_day: dict[date, list[tuple[Standing, str, str]]] = {}
    for item in found:
        title, tone = TITLES[item.state]
        by_day.setdefault(item.last_day, []).append((item, str(title), tone))
    days = (first + timedelta(days=at) for at in range((last - first).days + 1))
    return [(day, day in month, by_day.get(day, [])) for day in days]


def _legend(found: list[Standing]) -> list[tuple[str, str, int]]:
    return [(str(title), tone, sum(item.state == state for item in found)) for state, (title, tone) in TITLES.items()]
