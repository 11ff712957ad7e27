"""What was urged and still stands goes to those in charge, once; what was heard goes no further."""

from datetime import timedelta

import pytest

from tests.world import COUNTY, TOWNSHIP
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.deadlines.rounds import go_round
from yilian.kernel.notices import reading
from yilian.kernel.notices.models import CaseUrge
from yilian.kernel.notices.urging import urge


@pytest.fixture
def sender(world):
    return world.person("doctor", at=TOWNSHIP)


@pytest.fixture
def receiver(world):
    return world.person("reception", at=COUNTY)


@pytest.fixture
def errand(world, sender, receiver):
    case = world.open("errand", by=sender, wish="请协助", receiver=receiver.institution_id)
    return world.take(case, "send", by=sender)


def urges(case, actor) -> None:
    with scope(actor):
        urge(case, by=actor)


def told(actor) -> list[str]:
    with scope(actor):
        return [notice.text for notice in reading.newest(actor) if notice.kind == "urge"]


def test_what_is_not_heard_goes_to_those_in_charge_once(world, errand, sender, receiver):
    director = world.person("director", at=COUNTY)
    urges(errand, sender)
    with clock.standing_at(clock.now() + timedelta(minutes=90)):
        go_round()
    assert told(director) == []
    with clock.standing_at(clock.now() + timedelta(minutes=121)):
        go_round()
        go_round()
    (text,) = told(director)
    assert "请督促" in text
    with scope(sender):
        assert CaseUrge.objects.get().escalated_at


def test_what_was_heard_goes_no_further(world, errand, sender, receiver):
    director = world.person("director", at=COUNTY)
    urges(errand, sender)
    world.take(errand, "accept", by=receiver)
    with clock.standing_at(clock.now() + timedelta(hours=5)):
        go_round()
    assert told(director) == []
