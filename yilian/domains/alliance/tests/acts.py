"""What the stories have in common: a day to stand on, a refusal to read, a year to assess."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time

import pytest
from django.utils import timezone

from yilian.domains.alliance.dimensions import DIMENSIONS
from yilian.domains.alliance.tests.conftest import City
from yilian.kernel import clock
from yilian.kernel.access.actor import Actor
from yilian.kernel.workflow.models import Case
from yilian.kernel.workflow.refusals import StepRefused


@contextmanager
def on(year: int, month: int, day: int) -> Iterator[None]:
    """Stand on a day, at noon."""
    moment = timezone.make_aware(datetime.combine(date(year, month, day), time(12)))
    with clock.standing_at(moment):
        yield


def today() -> str:
    return clock.today().isoformat()


def refusal(city: City, case: Case, verb: str, *, by: Actor, **answers) -> StepRefused:
    """Take a step that must be refused and return the refusal."""
    with pytest.raises(StepRefused) as refused:
        city.world.take(case, verb, by=by, **answers)
    return refused.value


def notified(city: City, consortium_id: int, year: int) -> Case:
    """Call for the assessment of a year."""
    case = city.world.open("appraisal", by=city.authority, consortium=consortium_id, year=year)
    return city.world.take(case, "notify", by=city.authority)


def assess(city: City, consortium_id: int, year: int, score: int) -> Case:
    """Assess a year with the same score in every dimension and publish it."""
    case = notified(city, consortium_id, year)
    case = city.world.take(case, "proceed", by=city.authority)
    scores = {dimension.score: score for dimension in DIMENSIONS}
    case = city.world.take(case, "score", by=city.authority, opinion="按指标评定。", **scores)
    return city.world.take(case, "publish", by=city.authority)
