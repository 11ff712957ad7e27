"""A return and its follow-up end together, whichever way the return ends; the consortium counts both."""

from datetime import timedelta

import pytest

from yilian.domains.referral.models import FollowUp
from yilian.domains.referral.tests.cast import ARRIVAL, FEEDBACK, refused
from yilian.domains.referral.tests.test_down import returned
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow.standing_queries import open_within

SEEN = {"done_on": clock.today(), "way": "home", "control": "good", "result": "平稳"}


@pytest.fixture
def back(cast):
    return cast.take(returned(cast), "accept", by=cast.township)


def task_of(cast, back) -> FollowUp:
    with scope(cast.township):
        return FollowUp.objects.get(down_referral=back)


def test_a_return_is_not_completed_around_its_followup(cast, back):
    cast.take(back, "arrive", by=cast.township, **ARRIVAL)
    task = task_of(cast, back)
    assert task.number in refused(cast, back, "complete", cast.township, **FEEDBACK)
    cast.world.take(task, "finish", by=cast.township, **SEEN)
    assert cast.take(back, "complete", by=cast.township, **FEEDBACK).state == "completed"


def test_a_death_completes_it(cast, back):
    cast.take(back, "arrive", by=cast.township, **ARRIVAL)
    died = FEEDBACK | {"outcome": "died", "died_on": clock.today()}
    assert cast.take(back, "complete", by=cast.township, **died).state == "completed"


@pytest.mark.parametrize(
    ("verb", "side", "given"),
    [
        ("withdraw", "county", {"cancel_reason": "improved"}),
        ("decline", "township", {"decline_reason": "incomplete"}),
        ("fail", "township", {"failure_reason": "lost"}),
    ],
)
def test_a_return_that_fails_takes_its_followup_along(cast, back, verb, side, given):
    cast.take(back, verb, by=getattr(cast, side), **given)
    assert task_of(cast, back).state == "cancelled"


def test_who_leaves_the_consortium_has_the_followup_to_do(cast, back):
    task = task_of(cast, back)
    assert task.consortium_id == cast.fresh(back).consortium_id
    with scope(cast.township):
        kinds = {row["kind"] for row in open_within(cast.township.institution_id, task.consortium_id)}
    assert kinds == {"referral", "followup"}
    assert task.due_on == clock.today() + timedelta(days=14)
