"""Stories of calls for help: filed or taken down, answered by a clock, and told to those who run the network."""

from datetime import date, timedelta

import pytest

from tests.world import CITY, COUNTY, ELSEWHERE, TOWNSHIP
from yilian.domains.support.api import cut_off
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.clock.periods import period_of
from yilian.kernel.deadlines.rounds import go_round
from yilian.kernel.indicators.evaluation import evaluate
from yilian.kernel.workflow.refusals import Refused
from yilian.registry.models import Consortium, Membership
from yilian.registry.models.consortium import ConsortiumKind, MemberRole

SINCE = date(2020, 1, 1)
SOLVED = {"found": "network", "solution": "专线光猫断电，重启后恢复"}


@pytest.fixture
def group(world):
    lead = world.place(CITY)
    made = Consortium.objects.create(name="江城市医疗集团", kind=ConsortiumKind.CITY_GROUP, lead=lead, founded_on=SINCE)
    Membership.objects.create(consortium=made, institution=lead, role=MemberRole.LEAD, since_on=SINCE)
    for name in (COUNTY, TOWNSHIP):
        Membership.objects.create(consortium=made, institution=world.place(name), since_on=SINCE)
    return made


@pytest.fixture
def people(world):
    return {name: world.person("doctor", "office", "admin", at=name) for name in (CITY, COUNTY, TOWNSHIP, ELSEWHERE)}


def call(world, group, by, **other):
    answers = {
        "consortium": group.pk, "channel": "phone", "trouble": "network", "priority": "2", "subject": "平台打不开",
        "began_at": clock.now() - timedelta(hours=1), "contact": "网络管理员 0700-1234567",
    }  # fmt: skip
    return world.take(world.open("supportcall", by=by, **answers | other), "file", by=by)


def test_a_member_calls_the_lead_answers_in_time_and_what_does_not_help_is_opened_again(world, group, people):
    mine, lead = people[TOWNSHIP], people[CITY]
    case = call(world, group, mine)
    assert (case.desk_id, case.about_id) == (lead.institution_id, mine.institution_id)
    assert case.due - case.since == timedelta(hours=1), "what hinders treatment is taken up within the hour"
    assert [world.sees(people[name], case) for name in (COUNTY, ELSEWHERE)] == [False, False]
    case = world.take(world.take(case, "take_up", by=lead), "solve", by=lead, **SOLVED)
    case = world.take(case, "reopen", by=mine, objection="重启后仍不通")
    assert (case.state, case.solved_at) == ("in_hand", None)
    case = world.take(case, "solve", by=lead, **SOLVED)
    with clock.standing_at(case.due + timedelta(minutes=1)):
        go_round()
    with scope(mine):
        case.refresh_from_db()
    assert (case.state, case.taken_by) == ("closed", lead.name)
    with scope(lead):
        told = evaluate("support.solved_in_time", mine.institution_id, group.pk, period=period_of(clock.today(), 1))
    assert (told.part, told.whole) == (1, 1)


def test_the_lead_takes_down_a_call_and_knows_why_a_member_is_silent_until_it_is_solved(world, group, people):
    lead, silent = people[CITY], people[COUNTY]
    case = call(world, group, lead, about=silent.institution_id, is_cut_off=True)
    assert world.sees(silent, case)
    with scope(lead):
        assert cut_off([silent.institution_id, lead.institution_id]) == {silent.institution_id: case.number}
    world.take(case, "solve", by=lead, **SOLVED)
    with scope(lead):
        assert cut_off([silent.institution_id]) == {}


@pytest.mark.parametrize(
    ("by", "about", "says"), [(COUNTY, TOWNSHIP, "只有牵头单位"), (CITY, ELSEWHERE, "成员")], ids=["member", "outsider"]
)
def test_a_call_that_is_not_ones_own_is_refused_with_a_sentence(world, group, people, by, about, says):
    with pytest.raises(Refused, match=says):
        call(world, group, people[by], about=people[about].institution_id)
