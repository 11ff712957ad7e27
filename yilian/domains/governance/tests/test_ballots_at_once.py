"""Two people of one institution vote at the same moment: one ballot counts; many institutions: each exactly once."""

import pytest

from tests.house.test_api_at_once import at_once
from tests.world import World
from yilian.domains.governance.tests.conftest import make_council
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow import engine
from yilian.kernel.workflow.refusals import NotYours


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


def test_of_two_from_one_institution_one_is_kept(council):
    motion = council.put()
    second = council.world.person("director", at=council.county.institution_name)
    came = at_once([ballot(motion, council.county, "for"), ballot(motion, second, "against")])
    assert sorted(came)[-1] == "refused"
    (kept,) = council.ballots(motion, council.lead)
    assert kept[1] in came


def test_everybody_at_once_is_counted_once(council):
    motion = council.put()
    assert at_once([ballot(motion, actor, "for") for actor in council.everybody]) == ["for"] * 4
    assert len(council.ballots(motion, council.lead)) == 4
    assert council.world.take(motion, "count", by=council.lead).outcome == "passed"
