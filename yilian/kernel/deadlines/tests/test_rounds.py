"""The clock's round: what is over lapses once, in its own scope, and one fault stops nothing else."""

from datetime import timedelta

import pytest

from tests.world import CITY, COUNTY, TOWNSHIP
from yilian.kernel.access.scope import scope
from yilian.kernel.clock import standing_at
from yilian.kernel.deadlines.models import DeadlineStage, Stage
from yilian.kernel.deadlines.rounds import go_round
from yilian.kernel.workflow.case_type import case_types
from yilian.kernel.workflow.models import Case, Happening
from yilian.kernel.workflow.refusals import Reason, StepRefused


@pytest.fixture
def sender(world):
    return world.person("doctor", at=TOWNSHIP)


@pytest.fixture
def send(world, sender):
    def send(to=COUNTY):
        errand = world.open("errand", by=sender, wish="请协助会诊", receiver=world.place(to).pk)
        return world.take(errand, "send", by=sender)

    return send


def state_of(case, actor):
    with scope(actor):
        return Case.objects.get(pk=case.pk).state


def round_at(moment):
    with standing_at(moment):
        return go_round()


def test_nothing_lapses_before_its_time(send, sender):
    sent = send()
    round_at(sent.due - timedelta(seconds=1))
    assert state_of(sent, sender) == "sent"


def test_what_is_over_lapses_once_and_the_history_names_the_clock(send, sender):
    sent = send()
    assert (round_at(sent.due), round_at(sent.due)) == (1, 0)
    assert state_of(sent, sender) == "expired"
    with scope(sender):
        line = Happening.objects.filter(case=sent).latest("seq")
    assert (line.verb, line.actor_name, line.actor_id, line.institution_name) == ("expire", "系统时钟", None, COUNTY)


def test_a_state_without_lapse_is_left_alone(world, send, sender):
    sent = send()
    world.take(sent, "accept", by=world.person("reception", at=COUNTY))
    assert round_at(sent.due + timedelta(days=30)) == 0
    assert state_of(sent, sender) == "accepted"


def test_the_clock_sees_every_institution_but_only_through_its_round(send, world):
    first, second = send(COUNTY), send(CITY)
    assert Case.objects.count() == 0
    assert round_at(second.due) == 2
    assert state_of(first, world.clock_at(COUNTY)) == state_of(second, world.clock_at(CITY)) == "expired"


def test_a_lapse_that_is_refused_is_noted_and_tried_again_after_an_hour(send, sender, monkeypatch):
    sent, asked = send(), []

    def refuse(case, verb, **rest):
        asked.append(verb)
        raise StepRefused([Reason("rule", "还不行")])

    monkeypatch.setattr("yilian.kernel.deadlines.rounds.take", refuse)
    for minutes in (0, 1, 59, 61):
        round_at(sent.due + timedelta(minutes=minutes))
    assert asked == ["expire", "expire"]
    with scope(sender):
        assert DeadlineStage.objects.filter(stage=Stage.STUCK).count() == 1
        assert state_of(sent, sender) == "sent"


def test_one_faulty_case_does_not_stop_the_others(send, sender, monkeypatch):
    faulty, sound = send(), send(CITY)
    lawful = case_types["errand"].model.case_type.fget

    def fault(case):
        if case.pk == faulty.pk:
            raise ZeroDivisionError
        return lawful(case)

    monkeypatch.setattr(Case, "case_type", property(fault))
    with pytest.raises(ExceptionGroup) as raised:
        round_at(sound.due)
    assert isinstance(raised.value.exceptions[0], ZeroDivisionError)
    assert [state_of(case, sender) for case in (faulty, sound)] == ["sent", "expired"]
