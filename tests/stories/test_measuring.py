"""Measures are asked by night: the past is made up for, corrected in turn, and not told from how things stand."""

from datetime import UTC, date, datetime, timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.world import CITY, ELSEWHERE, TOWNSHIP
from yilian.kernel.access.models import User
from yilian.kernel.access.scope import scope
from yilian.kernel.clock import standing_at
from yilian.kernel.clock.periods import parse
from yilian.kernel.indicators.indicator import Amount, Direction, Indicator, indicators
from yilian.kernel.indicators.measuring import measure_all, tonight
from yilian.kernel.indicators.models import Measured
from yilian.kernel.indicators.recalling import ROUND, past_spans, plan, recent_spans
from yilian.kernel.indicators.results import series
from yilian.kernel.indicators.tasks import AFTER_ALL_ELSE, ask_measures, measure_portion
from yilian.registry.models import Consortium, Membership
from yilian.registry.regulations import S4

NOW = datetime(2026, 7, 10, 2, tzinfo=UTC)
JOINED, HOUSE = "test.joined", "test.house"


def joined(extent):
    """Those who joined in the period; unknown while nobody did."""
    rows = User.objects.filter(date_joined__gte=extent.period.start_at, date_joined__lt=extent.period.end_at)
    return Amount(rows.filter(username__startswith="came")) if rows.exists() else None


def everybody(extent):
    """Everybody who came, as things stand."""
    return Amount(User.objects.filter(username__startswith="came"))


@pytest.fixture
def cast(world, monkeypatch):
    monkeypatch.setattr(indicators, "_items", {})
    for key, measure, is_momentary in ((JOINED, joined, False), (HOUSE, everybody, True)):
        indicators.add(Indicator(key, key, "人", Direction.UP, S4.article("3.2.5"), measure, is_momentary=is_momentary))
    lead, member = world.place(CITY), world.place(TOWNSHIP)
    group = Consortium.objects.create(kind="city_group", name="集团", lead=lead, founded_on=date(2020, 1, 1))
    for place, role in ((lead, "lead"), (member, "member")):
        Membership.objects.create(consortium=group, institution=place, role=role, since_on=date(2020, 1, 1))
    came("a", 2)
    came("b", 6)
    return group.pk


def came(name, month, year=2026):
    User.objects.create(username=f"came-{name}", date_joined=datetime(year, month, 3, tzinfo=UTC))


def told(reader, key=JOINED, at=NOW, **who):
    with scope(reader), standing_at(at):
        (points,) = series([key], period=parse("2026H1"), **who)[key].values() or [[]]
        return {point.month.month: point.part for point in points}


def night(at=NOW, back=100):
    with standing_at(at):
        return measure_all(back=back)


def test_past_months_are_made_up_for_the_latest_first(world, cast):
    office, stranger = world.person("office", at=CITY), world.person("office", at=ELSEWHERE)
    night(back=0)
    assert set(told(office, institution_ids=[office.institution_id])) <= {6}
    assert not night(back=3).failure
    assert 2 not in told(office, institution_ids=[office.institution_id])
    night()
    assert told(office, institution_ids=[office.institution_id]) == {2: 1, 6: 1}
    assert told(office, consortium_id=cast) == {2: 1, 6: 1}, "the lead reads what the consortium came to"
    assert told(stranger, consortium_id=cast) == {}


def test_what_tells_how_things_stand_is_kept_for_the_month_it_was_asked_in(world, cast):
    office = world.person("office", at=CITY)
    mine = {"institution_ids": [office.institution_id]}
    night(at=datetime(2026, 6, 30, 2, tzinfo=UTC))
    came("c", 7)
    night()
    assert told(office, HOUSE, **mine) == {6: 2}, "not overwritten by what holds in July"
    with scope(office):
        july = Measured.objects.get(key=HOUSE, month=date(2026, 7, 1), months=1, institution=office.institution_id)
    assert july.part == 3


@pytest.mark.usefixtures("cast")
def test_what_was_asked_is_left_alone_and_asked_once_more_in_turn(world):
    office = world.person("office", at=CITY)
    mine = {"institution_ids": [office.institution_id]}
    night()
    came("late", 2)
    place = [span for span in past_spans(NOW.date())].index((202602, 1))
    with standing_at(NOW):
        asked = {
            day for day in range(ROUND)
            if (202602, 1) in plan(list(indicators), NOW.date() + timedelta(days=day), back=100)
        }  # fmt: skip
    assert len(asked) == 1
    assert told(office, **mine)[2] == 1
    (day,) = asked
    night(at=NOW + timedelta(days=day))
    assert told(office, at=NOW + timedelta(days=day), **mine)[2] == 2, f"the correction arrives, span {place}"


@pytest.mark.usefixtures("cast")
def test_a_measure_that_fails_stops_no_other_and_keeps_its_numbers(world, monkeypatch):
    office = world.person("office", at=CITY)
    mine = {"institution_ids": [office.institution_id]}
    night()
    broken = Indicator(HOUSE, HOUSE, "人", Direction.UP, S4.article("3.2.5"), lambda extent: 1 / 0, is_momentary=True)
    monkeypatch.setitem(indicators._items, HOUSE, broken)
    came("c", 6)
    assert HOUSE in night().failure
    assert told(office, **mine)[6] == 2
    with scope(office):
        assert Measured.objects.filter(key=HOUSE, institution=office.institution_id).exists()


@pytest.mark.usefixtures("cast")
def test_a_night_asks_in_portions_and_leaves_the_way_to_what_is_due(world):
    office = world.person("office", at=CITY)
    mine = {"institution_ids": [office.institution_id]}
    with standing_at(NOW):
        portions = ask_measures()
    jobs = ProcrastinateJob.objects.filter(task_name=measure_portion.name)
    assert len(jobs) == portions > 7
    assert {job.priority for job in jobs} == {AFTER_ALL_ELSE}
    with standing_at(NOW):
        for job in jobs:
            measure_portion(**job.args)
    assert told(office, **mine) == {2: 1, 6: 1}
    with standing_at(NOW):
        lacking = {span for span, asked in tonight().items() if JOINED in {each.key for each in asked}}
    asked = {(job.args["month"], job.args["length"]) for job in jobs} - set(recent_spans(NOW.date()))
    assert len(asked & lacking) <= -(-len(past_spans(NOW.date())) // ROUND), "only those whose turn it is again"
