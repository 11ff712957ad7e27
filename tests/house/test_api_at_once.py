"""Several programs at once: one wins and the others learn why; a request and its twin are one."""

import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

from tests.programs import Program
from tests.world import CITY, TOWNSHIP, World
from yilian.kernel.access.actor import system_actor
from yilian.kernel.access.scope import scope
from yilian.kernel.testing.template import pointing_at
from yilian.kernel.workflow.models import Case, Happening


@pytest.fixture
def world(fresh_database: str) -> World:
    return World()


def at_once(calls: list[Callable[[], Any]]) -> list[Any]:
    """Make every call in a thread of its own, all starting together; return what they returned."""
    start, found = threading.Barrier(len(calls)), []

    def run(call: Callable[[], Any]) -> None:
        start.wait()
        try:
            found.append(call())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def lines(program: Program, **narrow: Any) -> int:
    with scope(system_actor("test", program.place)):
        return Happening.objects.filter(**narrow).count()


def test_of_eight_who_accept_one_wins_and_seven_learn_who_was_faster(world):
    receivers = [Program(world.user("reception", at=CITY)) for _ in range(8)]
    sender = Program(world.user("doctor", at=TOWNSHIP))
    case = sender.open(answers={"receiver": receivers[0].place, "wish": "请会诊"}, then="send")
    path = f"cases/errand/{case['id']}/steps/accept"
    answers = at_once([lambda one=one: one.post(path, {}) for one in receivers])
    assert Counter(answer.status_code for answer in answers) == {200: 1, 409: 7}
    assert all("已「接受」" in answer.json()["detail"] for answer in answers if answer.status_code == 409)
    assert lines(sender, verb="accept") == 1


def test_the_seven_hear_the_same_who_sent_the_version_they_saw(world):
    receivers = [Program(world.user("reception", at=CITY)) for _ in range(8)]
    sender = Program(world.user("doctor", at=TOWNSHIP))
    case = sender.open(answers={"receiver": receivers[0].place, "wish": "请会诊"}, then="send")
    path = f"cases/errand/{case['id']}/steps/accept"
    answers = at_once([lambda one=one: one.post(path, {}, If_Match='"2"') for one in receivers])
    assert Counter(answer.status_code for answer in answers) == {200: 1, 409: 7}
    assert all("已「接受」" in answer.json()["detail"] for answer in answers if answer.status_code == 409)


def test_a_step_and_its_twin_are_one(world):
    receiver, sender = Program(world.user("reception", at=CITY)), Program(world.user("doctor", at=TOWNSHIP))
    case = sender.open(answers={"receiver": receiver.place, "wish": "请会诊"}, then="send")
    path = f"cases/errand/{case['id']}/steps/accept"
    twins = at_once([lambda: receiver.post(path, {}, If_Match='"2"', Idempotency_Key="k1") for _ in range(4)])
    assert [answer.status_code for answer in twins] == [200] * 4
    assert len({answer.content for answer in twins}) == 1
    assert lines(sender, verb="accept") == 1


def test_an_opening_and_its_twin_are_one(world):
    sender = Program(world.user("doctor", at=TOWNSHIP))
    twins = at_once([lambda: sender.post("cases/errand", {}, Idempotency_Key="k2") for _ in range(4)])
    assert [answer.status_code for answer in twins] == [201] * 4
    assert len({answer.json()["id"] for answer in twins}) == 1
    with scope(system_actor("test", sender.place)):
        assert Case.objects.count() == 1


def test_while_the_database_is_away_a_program_is_told_when_to_come_back(world):
    program = Program(world.user("doctor", at=TOWNSHIP))
    program.client.raise_request_exception = False
    with pointing_at("no_such_database"):
        answer = program.get("inbox", Accept_Language="en")
    assert answer.status_code == 503
    assert answer.headers["Content-Language"] == "en"
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.json()["type"] == "/help/api/#unavailable"
    assert program.get("inbox").status_code == 200
