"""Clocks that are put forward and back, months of different length, and days that begin later elsewhere.

The zone of the installation has had no summer time since 1991; these stories stand where there is one.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils import timezone

from tests.world import ELSEWHERE
from yilian.domains.capacity.board.reporting import add_resource
from yilian.domains.capacity.booking.opening import Span
from yilian.domains.capacity.models import Resource
from yilian.domains.referral.parameters import ANSWER
from yilian.domains.referral.tests.cast import make_cast
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.clock.periods import add_months, parse
from yilian.kernel.imports.cells import CellError, moment
from yilian.kernel.rules.due import due_at
from yilian.kernel.workflow.answers import BadAnswersError, clean
from yilian.kernel.workflow.flow import Ask
from yilian.registry.models import Consortium, Institution, Membership
from yilian.reports.network.overseen import CONDITION

BERLIN = ZoneInfo("Europe/Berlin")
FORWARD, BACK = datetime(2026, 3, 29), datetime(2026, 10, 25)


@pytest.fixture
def cast(world):
    return make_cast(world)


@pytest.mark.django_db
@pytest.mark.parametrize("day", [FORWARD, BACK], ids=["put forward", "put back"])
def test_hours_of_a_time_limit_are_hours_that_pass(day):
    with timezone.override(BERLIN):
        begun = clock.shown(day - timedelta(hours=12))
        due = due_at(ANSWER, begun)
        assert due.astimezone(UTC) - begun.astimezone(UTC) == timedelta(hours=48)
        assert clock.local(due).hour != 12


def test_an_hour_that_clocks_left_out_is_refused_with_a_sentence():
    asked = (Ask("at", "预约时间", "datetime"),)
    with timezone.override(BERLIN):
        with pytest.raises(BadAnswersError, match="2026-03-29 02:30 这一时刻不存在"):
            clean(asked, {"at": "2026-03-29 02:30"}, None)
        with pytest.raises(CellError, match="这一时刻不存在"):
            moment("2026-03-29 02:30")
        twice = clean(asked, {"at": "2026-10-25 02:30"}, None).values()["at"]
        assert twice.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert clean(asked, {"at": "2026-03-29 02:30"}, None).values()["at"].astimezone(UTC).hour == 18


@pytest.mark.parametrize(("day", "slots"), [(FORWARD, 4), (BACK, 8)], ids=["put forward", "put back"])
def test_slots_are_cut_from_the_time_that_passes(day, slots):
    with timezone.override(BERLIN):
        span = Span(clock.shown(day + timedelta(hours=1)), clock.shown(day + timedelta(hours=4)), 30)
        cut = span.cut()
    assert len(cut) == span.count == slots
    assert {end - start for start, end in cut} == {timedelta(minutes=30)}
    assert cut[-1][1] == span.ends_at


def test_months_end_where_they_end():
    assert [add_months(date(2026, 8, 31), months) for months in (-6, 1, 6)] == [
        date(2026, 2, 28), date(2026, 9, 30), date(2027, 2, 28),
    ]  # fmt: skip
    with timezone.override(BERLIN):
        march = parse("2026-03")
        assert march.end_at.astimezone(UTC) - march.start_at.astimezone(UTC) == timedelta(days=31, hours=-1)


@pytest.mark.parametrize("zone", ["Etc/GMT+12", "Pacific/Kiritimati"])
def test_a_membership_of_one_day_holds_on_that_day_wherever_the_session_stands(cast, zone):
    """One of the two zones shows another day than clocks here, whatever the hour."""
    joined = cast.world.place(ELSEWHERE)
    group = Consortium.objects.get(name="江城市医疗集团")
    today = clock.today()
    Membership.objects.create(consortium=group, institution=joined, role="member", since_on=today, until_on=today)
    with scope(cast.city_desk):
        beds = add_resource(by=cast.city_desk, kind="bed", name="普通床")
    for actor, rows in ((cast.stranger, Resource.objects.filter(pk=beds.pk)),
                        (cast.office, Institution.objects.filter(pk__in=CONDITION, name=ELSEWHERE))):  # fmt: skip
        with scope(actor):
            with connection.cursor() as cursor:
                cursor.execute(f"set local timezone to '{zone}'")
            assert rows.exists(), (actor.institution_name, zone)
