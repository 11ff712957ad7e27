"""A completed referral is opened again to correct its answer: what was said before stays in the history."""

from datetime import timedelta

import pytest

from yilian.domains.referral.tests.cast import ARRIVAL, FEEDBACK, appointment, refused
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.clock import standing_at
from yilian.kernel.workflow.gate import open_steps
from yilian.kernel.workflow.models import Happening

WHY = {"reopening_reason": "反馈漏写出院带药"}


@pytest.fixture
def completed(cast):
    return cast.walk(
        cast.sent(), ("accept", cast.county_desk, {}), ("schedule", cast.county_desk, appointment()),
        ("arrive", cast.county_desk, ARRIVAL), ("complete", cast.county, FEEDBACK),
    )  # fmt: skip


def test_the_answer_is_given_again_and_the_first_one_stays_in_the_history(cast, completed):
    again = cast.take(completed, "reopen", by=cast.township, **WHY)
    assert (again.state, again.open, again.feedback_at) == ("awaiting_feedback", True, None)
    assert again.due is not None, "the receiver owes an answer by the clock"
    done = cast.take(again, "complete", by=cast.county, **FEEDBACK | {"next_plan": "加服他汀"})
    assert (done.state, done.open, done.next_plan) == ("completed", False, "加服他汀")
    with scope(cast.county):
        said = [str(row.answers["next_plan"]) for row in Happening.objects.filter(case=done, verb="complete")]
    assert len(said) == len({*said}) == 2


def test_only_doctors_of_the_two_sides_open_it_and_only_while_the_days_last(cast, completed):
    with scope(cast.county_desk):
        seen = cast.fresh(completed, cast.county_desk)
        assert "reopen" not in {one.step.verb for one in open_steps(seen, cast.county_desk, only_mine=True)}
    with standing_at(clock.now() + timedelta(days=31)):
        assert "30 天" in refused(cast, completed, "reopen", cast.county, **WHY)


def test_a_death_is_corrected_first(cast):
    died = cast.walk(
        cast.sent(), ("accept", cast.county_desk, {}), ("arrive", cast.county_desk, ARRIVAL),
        ("complete", cast.county, FEEDBACK | {"outcome": "died", "died_on": clock.today()}),
    )  # fmt: skip
    assert "死亡" in refused(cast, died, "reopen", cast.county, **WHY)
