"""催办: the other side is told, not too often, and what is not heard goes to those in charge."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from tests.world import CITY, COUNTY, TOWNSHIP
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.notices import reading
from yilian.kernel.notices.models import CaseUrge
from yilian.kernel.notices.urging import urge
from yilian.kernel.workflow.refusals import NotYours, Refused


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


def urges(case, actor, note="") -> CaseUrge:
    with scope(actor):
        return urge(case, by=actor, note=note)


def told(actor) -> list[str]:
    with scope(actor):
        return [notice.text for notice in reading.newest(actor) if notice.kind == "urge"]


def test_urging_tells_those_whose_turn_it_is_and_is_kept(errand, sender, receiver):
    made = urges(errand, sender, note="家属王喆在等")
    (text,) = told(receiver)
    assert errand.number in text
    assert TOWNSHIP in text
    assert "王喆" not in text, "the words stay on the case"
    assert told(sender) == []
    with scope(receiver):
        row = CaseUrge.objects.get()
        assert (row.pk, row.note, row.told, row.by_id) == (
            made.pk,
            "家属王喆在等",
            [receiver.institution_id],
            sender.user_id,
        )


def test_the_same_house_waits_before_it_urges_again(world, errand, sender, receiver):
    urges(errand, sender)
    with pytest.raises(Refused, match="之后可以再催"):
        urges(errand, world.person("doctor", at=TOWNSHIP))
    with clock.standing_at(clock.now() + timedelta(minutes=31)):
        urges(errand, sender)
    assert len(told(receiver)) == 2


def test_who_has_the_turn_has_nobody_to_urge(errand, receiver):
    with pytest.raises(Refused, match="无需催办"):
        urges(errand, receiver)


def test_a_closed_case_is_urged_by_nobody(world, errand, sender, receiver):
    done = world.take(world.take(errand, "accept", by=receiver), "finish", by=receiver, result="已办")
    assert not done.open
    with pytest.raises(Refused, match="无需催办"):
        urges(done, sender)


def test_who_has_no_part_urges_nobody(world, errand):
    with pytest.raises(NotYours):
        urges(errand, world.person("doctor", at=CITY))


def test_an_overlong_word_is_refused(errand, sender):
    with pytest.raises(Refused, match="200"):
        urges(errand, sender, note="催" * 201)


@pytest.mark.parametrize("change", ["update notices_caseurge set note = ''", "delete from notices_caseurge"])
def test_nobody_rewrites_an_urge(errand, sender, change):
    urges(errand, sender)
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        scope(sender),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)
