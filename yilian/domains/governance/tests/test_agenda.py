"""Stories of what comes onto an agenda by itself: points put by members, broken obligations, open tasks."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from yilian.domains.governance import api
from yilian.domains.governance.models import AgendaPoint, HeldMeeting
from yilian.domains.governance.tests.test_meeting import called, noon
from yilian.kernel import clock
from yilian.kernel.access.scope import scope


def put(council, by, title="进修名额连续两月未兑现", **other):
    with scope(by):
        return api.put_on_agenda(council.group.pk, title, by=by, **other)


def items(meeting):
    return [row["item"] for row in meeting.agenda]


def test_what_members_put_waits_once_and_comes_onto_the_next_agenda(council):
    case = uuid4()
    assert put(council, council.county, ground="协议第三条", case_id=case)
    assert not put(council, council.county, ground="协议第三条", case_id=case)
    meeting = called(council)
    assert items(meeting) == ["年度工作总结", "转诊时限", "进修名额连续两月未兑现（协议第三条）"]
    assert items(called(council)) == ["年度工作总结", "转诊时限"]
    assert put(council, council.county, ground="协议第三条", case_id=case)


def test_a_cancelled_meeting_gives_its_points_back(council):
    put(council, council.county)
    meeting = called(council)
    council.world.take(meeting, "cancel", by=council.lead, cancellation="改为书面")
    assert "进修名额连续两月未兑现" in items(called(council))


def test_points_put_anew_meanwhile_do_not_come_twice(council):
    put(council, council.county)
    meeting = called(council)
    put(council, council.county)
    council.world.take(meeting, "cancel", by=council.lead, cancellation="改为书面")
    assert items(called(council)).count("进修名额连续两月未兑现") == 1


def test_a_stranger_puts_nothing_and_members_read_their_own(council):
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        put(council, council.stranger)
    put(council, council.county)
    seen = {}
    for actor in (*council.everybody, council.stranger):
        with scope(actor):
            seen[actor.institution_id] = AgendaPoint.objects.count()
    assert [seen[actor.institution_id] for actor in (council.lead, council.county)] == [1, 1]
    assert [seen[actor.institution_id] for actor in (council.township, council.stranger)] == [0, 0]


def test_broken_obligations_and_open_tasks_come_by_themselves(council):
    HeldMeeting.objects.create(
        consortium=council.group, form="joint", subject="旧会议", held_on=clock.today() - timedelta(days=900),
        case_id=uuid4(),
    )  # fmt: skip
    council.passed(tasks=[{"what": "印发细则", "doer": council.county.institution_id, "until_on": noon(5).date()}])
    found = items(called(council))[2:]
    assert any(item.startswith("「联席会议」未按期完成（") for item in found)
    assert "听取未办结决议事项的办理情况（1 项）" in found
