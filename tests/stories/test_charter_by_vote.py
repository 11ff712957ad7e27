"""Across domains: a council adopts a charter by vote; what it adopted is in force and names its resolution."""

from datetime import timedelta

import pytest

from tests.world import CITY, COUNTY
from yilian.domains.alliance.models import Charter
from yilian.domains.governance.models import Motion
from yilian.domains.governance.tests.conftest import Council, make_council
from yilian.domains.governance.tests.seats import found, person, row
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.workflow.refusals import StepRefused

CLAUSES = [
    {"title": "总则", "about": "general", "text": "医联体以协作为宗旨。"},
    {"title": "牵头单位的职责", "about": "lead", "text": "每月派专家下沉。"},
]


@pytest.fixture
def council(world) -> Council:
    made = make_council(world)
    found(made, [row(person(made.lead, "林静"), "chair"), row(person(made.county, "周明"), "vice")])
    return made


def proposed(council, **other):
    answers = {"consortium": council.group.pk, "way": "vote", "changes": "首次逐条登记。", "clauses": CLAUSES,
               "effective_on": clock.today().isoformat()}  # fmt: skip
    case = council.world.open("charter", by=council.lead, **answers | other)
    return council.world.take(case, "propose", by=council.lead)


def voted(council, choice):
    """Let both seats vote one way on the motion that was drafted, and count."""
    with scope(council.lead):
        motion = Motion.objects.get()
    motion = council.world.take(motion, "put", by=council.lead)
    with scope(council.lead):
        seats = {seat.institution.name: seat.pk for seat in motion.body.seats.select_related("institution")}
    for actor, place in ((council.lead, CITY), (council.county, COUNTY)):
        motion = council.world.take(motion, "vote_seat", by=actor, seat=seats[place], ballot=choice)
    return council.world.take(motion, "count", by=council.lead)


def again(council, case):
    with scope(council.lead):
        return type(case).objects.get(pk=case.pk)


def test_what_the_council_passes_is_the_next_version(council):
    case = proposed(council)
    motion = voted(council, "for")
    case = again(council, case)
    version = Charter.objects.get(consortium=council.group)
    assert (case.state, version.clauses, version.adopted_on) == ("adopted", CLAUSES, clock.today())
    assert motion.number in case.resolution
    assert "第二条 牵头单位的职责" in motion.text
    assert council.world.sees(council.township, case)


def test_what_it_rejects_goes_back_and_may_be_put_again(council):
    case = proposed(council)
    voted(council, "against")
    case = again(council, case)
    assert (case.state, Charter.objects.filter(consortium=council.group).exists()) == ("draft", False)
    assert council.world.take(case, "propose", by=council.lead).state == "proposed"


def test_a_late_count_moves_the_day_of_effect_and_breaks_nothing(council):
    proposed(council)
    with clock.standing_at(clock.now() + timedelta(days=2)):
        voted(council, "for")
        assert Charter.objects.get(consortium=council.group).effective_on == clock.today()


def test_the_two_ways_are_not_mixed(council):
    with pytest.raises(StepRefused, match="办理方式是登记已通过的修订"):
        proposed(council, way="recorded", basis="council", resolution="全票", adopted_on=clock.today().isoformat())
    case = council.world.open("charter", by=council.lead, consortium=council.group.pk, way="vote", changes="甲",
                              clauses=CLAUSES, effective_on=clock.today().isoformat())  # fmt: skip
    with pytest.raises(StepRefused, match="由决议通过"):
        council.world.take(case, "adopt", by=council.lead)
