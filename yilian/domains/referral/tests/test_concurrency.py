"""Many at once: one accepts, one refers, the others hear why not. On committed rows, in threads."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from tests.world import World
from yilian.domains.referral.tests.cast import make_cast
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow.models import Happening
from yilian.kernel.workflow.refusals import Refused, StaleVersion, StepRefused

MANY = 8


@pytest.fixture
def committed(fresh_database):
    return make_cast(World())


def at_once(tasks: list[Callable[[], Any]]) -> list[Any]:
    """Run the tasks in threads that start together; a refusal is a result."""
    barrier = Barrier(len(tasks))

    def run(task: Callable[[], Any]) -> Any:
        try:
            barrier.wait(timeout=30)
            return task()
        except Refused as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def test_of_eight_who_accept_one_wins_and_seven_hear_why(committed):
    referral = committed.sent()
    people = [committed.world.person("reception", at=committed.county.institution_name) for _ in range(MANY)]
    results = at_once([
        lambda actor=actor: committed.take(referral, "accept", by=actor, version=referral.version) for actor in people
    ])  # fmt: skip
    refusals = [result for result in results if isinstance(result, Refused)]
    assert len(refusals) == MANY - 1
    assert all(isinstance(refusal, StaleVersion) for refusal in refusals)
    assert all("已「接收」" in str(refusal) for refusal in refusals)
    with scope(committed.county):
        assert Happening.objects.filter(case=referral, verb="accept").count() == 1


def test_without_a_version_the_state_refuses(committed):
    referral = committed.sent()
    people = [committed.world.person("reception", at=committed.county.institution_name) for _ in range(MANY)]
    results = at_once([lambda actor=actor: committed.take(referral, "accept", by=actor) for actor in people])
    refusals = [result for result in results if isinstance(result, StepRefused)]
    assert len(refusals) == MANY - 1
    assert all("不能「接收」" in str(refusal) for refusal in refusals)


def test_of_two_who_refer_the_same_problem_one_is_told(committed):
    drafts = [committed.draft(), committed.draft()]
    results = at_once([lambda one=one: committed.take(one, "send", by=committed.township) for one in drafts])
    refusals = [result for result in results if isinstance(result, StepRefused)]
    assert len(refusals) == 1
    assert "同一问题已有一张未结束的转诊单" in str(refusals[0])


def test_accepting_and_withdrawing_at_once_ends_in_one_of_both(committed):
    referral = committed.sent()
    results = at_once([
        lambda: committed.take(referral, "accept", by=committed.county_desk, version=referral.version),
        lambda: committed.take(
            referral, "withdraw", by=committed.township, version=referral.version, cancel_reason="improved"
        ),
    ])  # fmt: skip
    assert sum(isinstance(result, StaleVersion) for result in results) == 1
    assert committed.fresh(referral).state in ("accepted", "withdrawn")
