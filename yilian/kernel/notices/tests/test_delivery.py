"""Notices leave the house by real mail: once, after commit, to those who want it."""

import email.policy
import socket
import threading
from email import message_from_bytes

import pytest
from aiosmtpd.controller import Controller
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.world import COUNTY, TOWNSHIP, World
from yilian.kernel.access.models import User
from yilian.kernel.access.scope import scope
from yilian.kernel.notices.models import Notice, NoticeDelivery, NoticeOptOut
from yilian.kernel.notices.tasks import NotDeliveredError, deliver
from yilian.kernel.notices.telling import tell


class Mailbox:
    """Keeps what a mail server received; may refuse everything for a while."""

    def __init__(self) -> None:
        self.letters: list[tuple[list[str], str, str]] = []
        self.refuses = False

    async def handle_DATA(self, server, session, envelope) -> str:
        if self.refuses:
            return "451 try again later"
        letter = message_from_bytes(envelope.content, policy=email.policy.default)
        body = letter.get_body(("plain", "html")).get_content()
        self.letters.append((envelope.rcpt_tos, str(letter["subject"]), body))
        return "250 OK"

    @property
    def addresses(self) -> list[str]:
        return sorted(address for recipients, _subject, _body in self.letters for address in recipients)


@pytest.fixture
def mailbox(settings):
    """A mail server on a free port, set up as the e-mail channel."""
    box = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    sender = f"mailto://127.0.0.1:{port}/?smtp=127.0.0.1&mode=insecure&from=yilian@example.org&to={{to}}"
    settings.NOTICE_CHANNELS = {"email": sender}
    yield box
    controller.stop()


@pytest.fixture
def story(request):
    """A sent errand between two houses; the receiving house has two people in the reception."""
    world = World()
    sender = world.person("doctor", at=TOWNSHIP)
    first, second = world.person("reception", at=COUNTY), world.person("reception", at=COUNTY)
    for name, actor in (("sender", sender), ("first", first), ("second", second)):
        User.objects.filter(pk=actor.user_id).update(email=f"{name}@example.org")
    case = world.open("errand", by=sender, wish="请协助会诊王喆", receiver=first.institution_id)
    return world, sender, first, second, case


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

    threads = [threading.Thread(target=worker) for _worker in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert mailbox.addresses == ["first@example.org", "second@example.org"]


def test_a_server_that_refuses_is_asked_again_and_nobody_twice(db, mailbox, story):
    world, sender, first, _second, case = story
    world.take(case, "send", by=sender)
    notice = notice_of(first)
    mailbox.refuses = True
    with pytest.raises(NotDeliveredError):
        run(notice)
    with scope(first):
        assert not NoticeDelivery.objects.exists()
    mailbox.refuses = False
    run(notice)
    assert mailbox.addresses == ["first@example.org", "second@example.org"]


def test_who_opted_out_left_or_has_no_address_gets_none(db, mailbox, story):
    world, sender, first, _second, case = story
    NoticeOptOut.objects.create(user_id=first.user_id, channel="email")
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
