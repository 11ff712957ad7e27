"""Reminders: once before, once after, and once to those in charge; a new due date starts afresh."""

from datetime import timedelta

import pytest

from tests.world import CITY, COUNTY, TOWNSHIP
from yilian.kernel import clock
from yilian.kernel.access.roles import mask_of
from yilian.kernel.access.scope import scope
from yilian.kernel.clock import standing_at
from yilian.kernel.deadlines.models import Stage
from yilian.kernel.deadlines.reminding import offsets
from yilian.kernel.deadlines.rounds import go_round
from yilian.kernel.deadlines.settings import ESCALATE, REMIND
from yilian.kernel.notices.models import Notice
from yilian.kernel.rules.values import set_value
from yilian.kernel.workflow.refusals import Reason, StepRefused

HOUR = timedelta(hours=1)
HEADS = mask_of(["office", "director", "authority"])


@pytest.fixture
def sender(world):
    return world.person("doctor", at=TOWNSHIP)


@pytest.fixture
def sent(world, sender):
    errand = world.open("errand", by=sender, wish="请协助会诊", receiver=world.place(COUNTY).pk)
    return world.take(errand, "send", by=sender)


@pytest.fixture
def patient_clock(monkeypatch):
    """Let lapse steps be refused, so that cases stay late."""

    def refuse(case, verb, **rest):
        raise StepRefused([Reason("rule", "还不行")])

    monkeypatch.setattr("yilian.kernel.deadlines.rounds.take", refuse)


def round_at(moment):
    with standing_at(moment):
        return go_round()


def told(world, at):
    """Return (mask, text) of the deadline notices to a place, in order."""
    with scope(world.clock_at(at)):
        rows = Notice.objects.filter(kind="deadline", institution=world.place(at)).order_by("pk")
        return [(row.roles, row.text) for row in rows]


def test_whose_turn_it_is_hears_once_that_time_runs_out(world, sent):
    round_at(sent.due - 5 * HOUR)
    assert told(world, COUNTY) == []
    round_at(sent.due - 3 * HOUR)
    round_at(sent.due - 2 * HOUR)
    [(mask, text)] = told(world, COUNTY)
    assert mask == mask_of(["reception"])
    assert sent.number in text
    assert "将于" in text
    assert told(world, TOWNSHIP) == []


def test_a_short_time_is_reminded_of_when_half_is_over(world, sender):
    set_value("errand.answer_hours", "2", by=sender, effective_from=clock.today(), ground="院长办公会")
    errand = world.open("errand", by=sender, wish="急", receiver=world.place(COUNTY).pk)
    sent = world.take(errand, "send", by=sender)
    round_at(sent.since + timedelta(minutes=59))
    assert told(world, COUNTY) == []
    round_at(sent.since + timedelta(minutes=60))
    assert len(told(world, COUNTY)) == 1


@pytest.mark.usefixtures("patient_clock")
def test_a_late_case_is_told_once_and_a_day_later_to_those_in_charge(world, sent):
    for hours in (0, 1, 23, 24, 25):
        round_at(sent.due + hours * HOUR)
    late, escalated = told(world, COUNTY)
    assert late[0] == mask_of(["reception"])
    assert "已超过办理时限" in late[1]
    assert escalated[0] == mask_of(["reception"]) | HEADS
    assert "超时已久" in escalated[1]


@pytest.mark.usefixtures("patient_clock")
def test_after_a_pause_of_the_clock_nobody_is_reminded_of_what_is_late_already(world, sent):
    round_at(sent.due + HOUR)
    assert ["已超过" in text for _mask, text in told(world, COUNTY)] == [True]


@pytest.mark.usefixtures("patient_clock")
def test_a_new_due_date_starts_afresh(world, sender, sent):
    round_at(sent.due)
    with standing_at(sent.due + HOUR):
        moved = world.take(sent, "redirect", by=sender, receiver=world.place(CITY).pk)
        moved = world.take(world.take(moved, "decline", by=world.person("reception", at=CITY), why="忙"),
                           "redirect", by=sender, receiver=world.place(CITY).pk)  # fmt: skip
    assert moved.due > sent.due
    round_at(moved.due)
    assert len(told(world, CITY)) == 1


def test_what_is_answered_is_not_reminded_of(world, sent):
    world.take(sent, "accept", by=world.person("reception", at=COUNTY))
    assert round_at(sent.due - HOUR) == 0


def test_reminders_and_reports_can_be_switched_off(world, sender, sent):
    for parameter in (REMIND, ESCALATE):
        set_value(parameter.key, "0", by=sender, effective_from=clock.today(), ground="院长办公会")
    assert round_at(sent.due - HOUR) == 0
    assert set(offsets()) == {Stage.LATE}
