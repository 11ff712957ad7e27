"""A member cannot leave a consortium while referrals of it are open: each is named by its number."""

import pytest

from tests.world import CITY, TOWNSHIP
from yilian.domains.referral.tests.cast import make_cast
from yilian.kernel import clock
from yilian.kernel.rules.reasons import reasons
from yilian.kernel.workflow.refusals import StepRefused
from yilian.registry.models import Consortium

NOTES = {"money_note": "无往来款。", "data_note": "已返还。"}


@pytest.fixture
def cast(world):
    return make_cast(world)


@pytest.fixture
def referral(cast):
    return cast.sent()


def leaving(cast, consortium_id, leader):
    """Bring the township's exit to the point where only open business is left."""
    office = cast.world.person("office", at=TOWNSHIP)
    answers = {"consortium": consortium_id, "reason": "own_wish", "wished_on": clock.today()}
    case = cast.world.open("exit", by=office, **answers)
    case = cast.world.take(case, "announce", by=office)
    return office, cast.world.take(case, "settle", by=leader, **NOTES)


def test_an_open_referral_stands_in_the_way_by_its_number(cast, referral):
    leader = cast.world.person("office", at=Consortium.objects.get(pk=referral.consortium_id).lead.name)
    office, case = leaving(cast, referral.consortium_id, leader)
    with pytest.raises(StepRefused, match=referral.number):
        cast.world.take(case, "leave", by=office, left_on=clock.today())
    cast.take(referral, "withdraw", by=cast.township, cancel_reason=withdrawal())
    assert cast.world.take(case, "leave", by=office, left_on=clock.today()).state == "left"


def test_a_referral_of_another_consortium_does_not(cast, referral):
    other = Consortium.objects.exclude(pk=referral.consortium_id).get()
    leader = cast.world.person("office", at=other.lead.name)
    office, case = leaving(cast, other.pk, leader)
    assert cast.world.take(case, "leave", by=office, left_on=clock.today()).state == "left"
    assert other.lead.name == CITY


def withdrawal() -> str:
    """Return a code for withdrawing that asks for no comment."""
    asked = next(row for row in reasons("referral.cancel") if not row.comment_required)
    return asked.code
