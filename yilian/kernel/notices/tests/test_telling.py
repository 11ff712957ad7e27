"""Who is told what: those whose turn it becomes, at their own institution, and nobody else."""

import re

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import translation

from tests.world import CITY, COUNTY, ELSEWHERE, TOWNSHIP
from yilian.kernel.access.scope import scope
from yilian.kernel.notices import reading
from yilian.kernel.notices.models import Notice, NoticeMark, NoticeRead
from yilian.kernel.notices.telling import tell
from yilian.kernel.workflow.refusals import StepRefused


@pytest.fixture
def sender(world):
    return world.person("doctor", at=TOWNSHIP)


@pytest.fixture
def receiver(world):
    return world.person("reception", at=COUNTY)


@pytest.fixture
def errand(world, sender, receiver):
    case = world.open("errand", by=sender, wish="请协助会诊王喆", receiver=receiver.institution_id)
    return world.take(case, "send", by=sender)


def unread(actor) -> int:
    with scope(actor):
        return reading.count_unread(actor)


def texts(actor, **rest) -> list[str]:
    with scope(actor):
        return [notice.says for notice in reading.newest(actor, **rest)]


def test_a_step_tells_those_whose_turn_it_becomes(errand, receiver, sender):
    assert texts(receiver) == [f"请托 {errand.number} 已「发出」，现为「待接收」"]
    assert unread(receiver) == 1
    assert unread(sender) == 0


def test_the_text_names_no_patient_and_follows_the_language_of_the_reader(errand, receiver):
    with scope(receiver), translation.override("en"):
        (notice,) = reading.newest(receiver)
        assert "王喆" not in notice.text + notice.says


def test_other_roles_other_places_and_a_request_without_scope_see_nothing(world, errand):
    assert texts(world.person("doctor", at=COUNTY)) == []
    assert texts(world.person("reception", at=ELSEWHERE)) == []
    assert not Notice.objects.exists()


def test_a_colleague_in_the_same_group_has_their_own_count(world, errand, receiver):
    colleague = world.person("reception", at=COUNTY)
    with scope(receiver):
        reading.mark_read([reading.newest(receiver)[0].pk], by=receiver)
    assert (unread(receiver), unread(colleague)) == (0, 1)


def test_who_takes_a_step_for_their_own_next_turn_is_not_told(world, errand, receiver):
    world.take(errand, "accept", by=receiver)
    assert len(texts(receiver)) == 1


def test_a_refused_step_tells_nobody(world, errand, receiver, sender):
    with pytest.raises(StepRefused):
        world.take(errand, "decline", by=receiver, why="")
    assert texts(sender) == []


def test_one_person_alone_can_be_told(world, errand, receiver):
    colleague = world.person("reception", at=COUNTY)
    with scope(receiver):
        tell(errand, colleague.institution_id, ["reception"], "请接手", by=receiver, user_id=colleague.user_id)
    assert texts(colleague)[0] == "请接手"
    assert "请接手" not in texts(receiver)


def test_a_notice_is_found_only_by_those_it_is_for(world, errand, receiver, sender):
    with scope(receiver):
        notice = reading.newest(receiver)[0]
        assert reading.find(notice.pk, receiver) == notice
    for other in (sender, world.person("doctor", at=COUNTY), world.person("reception", at=CITY)):
        with scope(other):
            assert reading.find(notice.pk, other) is None


def test_marking_all_read_clears_the_count_but_not_the_list(errand, sender, receiver):
    with scope(sender):
        for number in range(130):
            tell(errand, receiver.institution_id, ["reception"], f"第 {number} 条", by=sender)
    assert unread(receiver) == 100, "the count stops where the badge says 99+"
    with scope(receiver):
        reading.mark_all_read(by=receiver)
        assert reading.count_unread(receiver) == 0
        assert not any(not notice.is_read for notice in reading.newest(receiver))
    with scope(sender):
        tell(errand, receiver.institution_id, ["reception"], "新的一条", by=sender)
    assert texts(receiver, only_unread=True) == ["新的一条"]


def test_pages_follow_each_other_without_gap(errand, sender, receiver):
    with scope(sender):
        for number in range(45):
            roles = ["reception"] if number % 2 else ["doctor", "reception"]
            tell(errand, receiver.institution_id, roles, str(number), by=sender)
    seen, sizes, before = [], [], None
    with scope(receiver):
        while page := reading.newest(receiver, before=before):
            seen += page
            sizes.append(len(page))
            before = page[-1].pk
    assert sizes == [20, 20, 6]
    assert {notice.text for notice in seen} >= {str(number) for number in range(45)}
    assert [notice.pk for notice in seen] == sorted((notice.pk for notice in seen), reverse=True)


@pytest.mark.parametrize("change", ["update notices_notice set text = ''", "delete from notices_notice"])
def test_the_database_lets_nobody_rewrite_a_notice(errand, receiver, change):
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        scope(receiver),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


def test_nobody_marks_what_is_not_theirs(errand, receiver, sender):
    with scope(receiver):
        notice = reading.newest(receiver)[0]
    with scope(sender), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        NoticeRead.objects.create(notice=notice, user_id=sender.user_id, at=notice.at)
    with scope(sender):
        assert not NoticeMark.objects.filter(institution_id=receiver.institution_id).exists()


def test_the_count_reads_an_index_range_and_never_the_table(errand, sender, receiver):
    with scope(sender):
        rows = [
            Notice(institution_id=receiver.institution_id, roles=1 << turn % 9, kind="word", text="x", at=errand.since)
            for turn in range(20_000)
        ]
        Notice.objects.bulk_create(rows, batch_size=5000)
    with scope(receiver), connection.cursor() as cursor:
        plans = []
        for statement in (reading.COUNT, reading.LIST, reading.LIST_UNREAD):
            values = {
                "institution": receiver.institution_id, "user": receiver.user_id, "roles": receiver.roles,
                "horizon": "00000000-0000-0000-0000-000000000000", "before": reading.LAST, "most": 20,
            }  # fmt: skip
            cursor.execute(f"explain (analyze, buffers, timing off) {statement}", values)
            plans.append("\n".join(row[0] for row in cursor.fetchall()))
    for plan in plans:
        assert "Seq Scan" not in plan
        assert int(re.search(r"shared hit=(\d+)", plan)[1]) < 1000, plan
