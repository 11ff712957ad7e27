"""The day on which the site stands: years pass between two requests because a journey turns the calendar."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from yilian.kernel import clock

Answer = Callable[[HttpRequest], HttpResponse]


class Calendar:
    """How far the site is ahead of the present; its threads share it, so it is not a context of one thread."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def turn_to(self, year: int, month: int, day: int) -> None:
        """Let every request from now on be answered on this day, from noon onwards."""
        noon = timezone.make_aware(datetime.combine(date(year, month, day), time(12)))
        self.ahead = noon - timezone.now()

    def turn_back(self) -> None:
        self.ahead = timedelta()


CALENDAR = Calendar()


def stand_there(get_response: Answer) -> Answer:
    """Answer each request on the day the calendar shows (a middleware)."""

    def answer(request: HttpRequest) -> HttpResponse:
        with clock.standing_at(timezone.now() + CALENDAR.ahead):
            return get_response(request)

    return answer
