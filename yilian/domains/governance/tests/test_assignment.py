"""Stories of tasks: a resolution gives them out, evidence comes back, the next call lists what is open."""

from datetime import timedelta

import pytest

from yilian.domains.governance import printed
from yilian.domains.governance.models import Assignment
from yilian.domains.governance.tests.test_meeting import called, noon, sign_in
from yilian.kernel import clock
from yilian.kernel.access.scope import scope
from yilian.kernel.deadlines.rounds import go_round
from yilian.kernel.workflow.conversation import linked


def rows(council, **other):
    until = clock.today() + timedelta(days=30)
    return [{"what": "制定转诊细则", "doer": council.county.institution_id, "until_on": until} | other]


def given_out(council):
    """Pass a motion with one task and return the task."""
    council.passed(tasks=rows(council))
    with scope(council.county):
        return Assignment.objects.get()


def test_a_passed_motion_gives_its_tasks_out(council):
    motion = council.passed(tasks=rows(council))
    with scope(council.county):
        task = Assignment.objects.get()
        assert (task.state, task.what, task.lead_id) == ("assigned", "制定转诊细则", council.lead.institution_id)
        assert motion.number in task.source
        assert [(relation, other.pk) for relation, other in linked(task)] == [("<-leads_to", motion.pk)]
    assert not council.world.sees(council.township, task)


def test_the_clock_gives_them_out_too(council):
    motion = council.vote(council.put(tasks=rows(council)), *((actor, "for") for actor in council.everybody[:2]))
    with clock.standing_at(motion.due + timedelta(minutes=1)):
        go_round()
    with scope(council.county):
        task = Assignment.objects.get()
    assert (task.state, task.lead_id) == ("assigned", council.lead.institution_id)


def test_a_rejected_motion_gives_out_nothing(council):
    motion = council.vote(council.put(tasks=rows(council)), *((actor, "against") for actor in council.everybody))
    council.world.take(motion, "count", by=council.lead)
    with scope(council.lead):
        assert not Assignment.objects.exists()


def test_evidence_and_verdict(council):
    task = council.world.take(given_out(council), "report", by=council.county, evidence="初稿")
    task = council.world.take(task, "send_back", by=council.lead, verdict="缺少时限")
    task = council.world.take(task, "report", by=council.county, evidence="已按意见补充并印发")
    task = council.world.take(task, "accept", by=council.lead)
    assert (task.state, task.open) == ("done", False)


def test_the_next_call_lists_what_is_open(council):
    task = given_out(council)
    with scope(council.lead):
        listed = printed.of_notice(called(council))["未办结事项"]
    assert any("制定转诊细则（北岭县人民医院" in line for line in listed)
    council.world.take(task, "fail", by=council.lead, verdict="逾期未办")
    with scope(council.lead):
        assert printed.of_notice(called(council))["未办结事项"] == []


def test_the_minutes_of_the_next_meeting_say_what_became_of_the_tasks(council):
    task = council.world.take(given_out(council), "report", by=council.county, evidence="已印发")
    meeting = called(council)
    council.world.take(task, "fail", by=council.lead, verdict="逾期未办。")
    with clock.standing_at(noon(2)):
        meeting = council.world.take(sign_in(council, meeting, *council.everybody), "hold", by=council.lead)
    assert f"1. 制定转诊细则（北岭县人民医院，期限 {task.until_on}）：未完成，逾期未办。" in meeting.minutes


@pytest.mark.parametrize("other", [{"until_on": "2020-01-01"}, {"doer": "stranger"}])
def test_a_task_that_cannot_be_done_is_not_put(council, other):
    other = {"doer": council.stranger.institution_id} if "doer" in other else other
    motion = council.draft(tasks=rows(council, **other))
    assert "承办单位应是该医联体的成员" in council.refused(motion, "put", by=council.lead)
