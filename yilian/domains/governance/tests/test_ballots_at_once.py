"""Two people of one institution vote at the same moment: one ballot counts; many institutions: each exactly once."""

from datetime import timedelta

import pytest

from tests.house.test_api_at_once import at_once
from tests.world import World
from yilian.domains.governance.tests.conftest import make_council
from yilian.domains.governance.tests.seats import sitting, usual
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow import engine
from yilian.kernel.workflow.refusals import NotYours, StepRefused


@pytest.fixture
def council(fresh_database: str):
    return make_council(World())


def ballot(motion, actor, choice):
    """Return a call that votes in a transaction of its own and says what came of it."""

    def call() -> str:
        try:
            with scope(actor):
                engine.take(motion, "vote", by=actor, ballot=choice)
        except NotYours:
            return "refused"
        return choice

    return call


def seat_ballot(motion, actor, seat):
    """Return a call that votes for a seat with the version of a page left open."""

    def call() -> str:
        try:
            with scope(actor):
                engine.take(motion, "vote_seat", by=actor, version=motion.version, seat=seat, ballot="for")
        except (NotYours, StepRefused):
            return "refused"
        return "for"

    return call


def test_of_two_from_one_institution_one_is_kept(council):
    motion = council.put()
    second = council.world.person("director", at=council.county.institution_name)
    came = at_once([ballot(motion, council.county, "for"), ballot(motion, second, "against")])
    assert sorted(came)[-1] == "refused"
    (kept,) = council.ballots(motion, council.lead)
    assert kept[1] in came


def test_thirty_two_requests_for_four_seats_at_the_deadline_count_each_seat_once(council):
    body = usual(council, lead=2)
    seats, motion = sitting(body, council.lead), council.put(body=body.pk, voting="weighted")
    casters = {"林静": council.lead, "何远": council.lead, "吴越": council.lead, "周明": council.county}
    calls = [seat_ballot(motion, casters[name], seats[name].pk) for name in casters for _again in range(8)]
    with clock.standing_at(motion.due):
        came = at_once(calls)
    assert (came.count("for"), came.count("refused")) == (4, 28)
    assert sorted(council.ballots(motion, council.lead)) == sorted(
        [(actor.institution_name, "for") for actor in casters.values()]
    )
    with clock.standing_at(motion.due + timedelta(minutes=1)):
        counted = council.world.take(motion, "count", by=council.lead)
    assert (counted.outcome, counted.tally["in_favour"]) == ("passed", 5)


def test_everybody_at_once_is_counted_once(council):
    motion = council.put()
    assert at_once([ballot(motion, actor, "for") for actor in council.everybody]) == ["for"] * 4
    assert len(council.ballots(motion, council.lead)) == 4
    assert council.world.take(motion, "count", by=council.lead).outcome == "passed"
