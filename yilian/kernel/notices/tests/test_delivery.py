"""Notices leave the house by real mail: once, after commit, to those who want it."""

import threading
from contextvars import copy_context
from datetime import timedelta

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.world import COUNTY
from yilian.kernel import clock
from yilian.kernel.access.models import User
from yilian.kernel.access.scope import scope
from yilian.kernel.notices import delivery_log
from yilian.kernel.notices.delivering import WAITS
from yilian.kernel.notices.models import Notice, NoticeDelivery, NoticeOptOut, State
from yilian.kernel.notices.tasks import deliver
from yilian.kernel.notices.telling import tell

pytestmark = pytest.mark.usefixtures("at_noon")


def notice_of(actor) -> Notice:
    with scope(actor):
        return Notice.objects.get(institution_id=actor.institution_id)


def run(notice: Notice) -> None:
    deliver(str(notice.pk), notice.institution_id)


def test_a_step_is_mailed_after_commit_by_the_worker(fresh_database, mailbox, story):
    world, sender, *_people, case = story
    with scope(sender), transaction.atomic():
        tell(case, sender.institution_id, ["doctor"], "被回滚的消息", by=sender)
        transaction.set_rollback(True)
    assert ProcrastinateJob.objects.count() == 0

    world.take(case, "send", by=sender)
    (job,) = ProcrastinateJob.objects.all()
    assert set(job.args) == {"notice_id", "institution_id"}
    assert mailbox.letters == []

    work()
    assert mailbox.addresses == ["first@example.org", "second@example.org"]
    _to, subject, body = mailbox.letters[0]
    assert subject == f"【医联】请托 {case.number} 已「发出」，现为「待接收」"
    assert f"/errand/{case.pk}/" in body
    assert "王喆" not in subject + body


def work() -> None:
    """Run every job that waits, as the worker does."""
    worker = app.with_connector(app.connector.get_worker_connector())
    worker.run_worker(wait=False, install_signal_handlers=False, listen_notify=False, concurrency=1)


def test_run_twice_it_sends_once(db, mailbox, story):
    world, sender, first, _second, case = story
    world.take(case, "send", by=sender)
    for _again in range(2):
        run(notice_of(first))
    assert mailbox.addresses == ["first@example.org", "second@example.org"]


def test_two_workers_at_once_send_once(fresh_database, mailbox, story):
    world, sender, first, _second, case = story
    world.take(case, "send", by=sender)
    notice = notice_of(first)

    def worker() -> None:
        run(notice)
        connection.close()

    # each with the clock of the test: a thread begins at the present moment, which may be in quiet hours
    threads = [threading.Thread(target=copy_context().run, args=(worker,)) for _worker in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert mailbox.addresses == ["first@example.org", "second@example.org"]


def log_of(actor) -> list[tuple[str, int]]:
    with scope(actor):
        return list(NoticeDelivery.objects.order_by("pk").values_list("state", "attempts"))


def test_what_a_server_refuses_waits_longer_each_time_and_nobody_gets_it_twice(db, mailbox, story):
    world, sender, first, _second, case = story
    world.take(case, "send", by=sender)
    notice, noon = notice_of(first), clock.now()
    mailbox.refuses = True
    run(notice)
    assert log_of(first) == [(State.WAITING, 1)] * 2
    with scope(first):
        row = NoticeDelivery.objects.first()
        assert row.next_at == noon + WAITS[0]
        assert "e-mail" in row.last_error.lower() or "email" in row.last_error.lower()
    run(notice)
    assert log_of(first) == [(State.WAITING, 1)] * 2, "not before its time"
    mailbox.refuses = False
    with clock.standing_at(noon + WAITS[0]):
        run(notice)
        run(notice)
    assert log_of(first) == [(State.SENT, 2)] * 2
    assert mailbox.addresses == ["first@example.org", "second@example.org"]


def test_the_job_comes_back_when_the_next_attempt_is_due(db, mailbox, story):
    world, sender, first, _second, case = story
    world.take(case, "send", by=sender)
    mailbox.refuses = True
    run(notice_of(first))
    again = ProcrastinateJob.objects.exclude(scheduled_at=None).get()
    assert again.scheduled_at == clock.now() + WAITS[0]


def test_what_is_refused_to_the_end_is_dead_until_somebody_sends_it_again(db, mailbox, story):
    world, sender, first, _second, case = story
    world.take(case, "send", by=sender)
    notice, moment = notice_of(first), clock.now()
    mailbox.refuses = True
    for wait in (timedelta(), *WAITS):
        moment += wait
        with clock.standing_at(moment):
            run(notice)
    assert log_of(first) == [(State.DEAD, len(WAITS) + 1)] * 2
    mailbox.refuses = False
    run(notice)
    assert mailbox.letters == [], "the dead stay dead by themselves"
    with scope(first):
        assert delivery_log.count_dead(first) == 2
        delivery_log.send_again(delivery_log.newest(first)[0], by=first)
    run(notice)
    assert mailbox.addresses == ["second@example.org"]
    assert sorted(log_of(first)) == [(State.DEAD, len(WAITS) + 1), (State.SENT, 1)]


def test_who_opted_out_left_or_has_no_address_gets_none(db, mailbox, story):
    world, sender, first, _second, case = story
    NoticeOptOut.objects.create(user_id=first.user_id, channel="email", kind="step")
    without = world.user("reception", at=COUNTY)
    gone = world.user("reception", at=COUNTY)
    User.objects.filter(pk=gone.pk).update(email="gone@example.org", is_active=False)
    world.take(case, "send", by=sender)
    run(notice_of(first))
    assert without.email == ""
    assert mailbox.addresses == ["second@example.org"]


def test_without_a_channel_no_job_is_written(db, story):
    world, sender, first, _second, case = story
    world.take(case, "send", by=sender)
    assert notice_of(first)
    assert ProcrastinateJob.objects.count() == 0


def test_who_mutes_one_kind_still_gets_the_others(db, mailbox, story):
    world, sender, first, _second, case = story
    NoticeOptOut.objects.create(user_id=first.user_id, channel="email", kind="deadline")
    world.take(case, "send", by=sender)
    run(notice_of(first))
    assert mailbox.addresses == ["first@example.org", "second@example.org"]


def test_nobody_reads_the_log_of_another_institution(db, mailbox, story):
    world, sender, first, _second, case = story
    world.take(case, "send", by=sender)
    run(notice_of(first))
    assert log_of(first)
    assert log_of(sender) == []
    assert not NoticeDelivery.objects.exists()


@pytest.mark.parametrize(("hour", "leaves"), [(21, 0), (22, 9), (3, 4), (7, 0)])
def test_in_quiet_hours_it_waits_for_the_morning(db, mailbox, story, hour, leaves):
    world, sender, first, _second, case = story
    moment = clock.local(clock.now()).replace(hour=hour)
    with clock.standing_at(moment):
        world.take(case, "send", by=sender)
        run(notice_of(first))
    assert len(mailbox.letters) == (0 if leaves else 2)
    with clock.standing_at(moment + timedelta(hours=leaves)):
        run(notice_of(first))
    assert len(mailbox.letters) == 2


def test_an_urgent_case_does_not_wait_for_the_morning(db, mailbox, story):
    world, sender, first, _second, case = story
    with scope(sender):
        type(case).objects.filter(pk=case.pk).update(priority=1)
    with clock.standing_at(clock.now().replace(hour=15)):
        world.take(case, "send", by=sender)
        run(notice_of(first))
    assert len(mailbox.letters) == 2
